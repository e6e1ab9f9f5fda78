"""Turning a happening into a letter: templates, the reader's language, the outbox.

The templates have an environment of their own: a letter is written by the worker as well as by a
request, and knows nothing of either. No letter holds a child's words or name.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from participation.accounts.models import Person
from participation.kernel import i18n
from participation.kernel.addresses import absolute, host
from participation.kernel.mail import Draft, write_letter
from participation.kernel.subjects import Subject
from participation.settings import ROOT

LETTERS: Final = ROOT / "templates" / "notifications" / "letters"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of letters: `<happening>/{subject.txt,body.txt,body.html}`."""
    made = Environment(
        loader=FileSystemLoader(LETTERS),
        autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals.update(_=i18n._, ngettext=i18n.ngettext)
    made.filters.update(zh_date=i18n.say_date, zh_time=i18n.say_time, number=i18n.say_number)
    return made


def post(
    name: str,
    readers: Iterable[Person],
    *,
    key: str,
    path: str,
    facts: Mapping[str, Any] | None = None,
    papers: Iterable[str] = (),
) -> None:
    """Write one letter of this name to each reader, in her language, into this unit of work.

    `key` makes the letter one: the same key to the same reader is never written twice. `path` is
    where the link leads. `papers` are the kinds of subject to enclose, `{locale}` in them is the
    reader's language.
    """
    for reader in readers:
        with i18n.speaking(reader.locale):
            write_letter(_draft(name, reader, key, path, facts or {}, papers), host=host())


def _draft(
    name: str,
    reader: Person,
    key: str,
    path: str,
    facts: Mapping[str, Any],
    papers: Iterable[str],
) -> Draft:
    locale = i18n.current_locale()
    known = {
        **facts,
        "reader": reader.legal_name,
        "link": absolute(path),
        "locale": locale,
        "site": i18n._("童声"),
    }
    subject = _say(f"{name}/subject.txt", known).strip()
    return Draft(
        key=f"{name}:{key}:{reader.id}",
        to_address=reader.email or "",
        to_name=reader.legal_name,
        locale=locale,
        subject=subject,
        text=_say(f"{name}/body.txt", known),
        html=_say(f"{name}/body.html", {**known, "title": subject}),
        enclosures=[Subject.parse(paper.format(locale=locale)) for paper in papers],
    )


def _say(template: str, known: Mapping[str, Any]) -> str:
    return environment().get_template(template).render(known)
