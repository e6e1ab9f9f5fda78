"""The papers of a dossier: PDF in both languages, CSV and JSON, made once and kept.

The contents of a dossier, as `send_dossier` seals them:

    {"schema": 1, "subject": "consultation:7", "title": {"zh", "en"}, "unit": {"zh", "en"},
     "due_on": ISO date, "n": int or null where it is too small to be told,
     "reports": {"zh": REPORT, "en": REPORT},  # the data of templates/paper/report.typ, no code
                                               # and "counted": what n counts, if not answers
     "rows": [[text or number]],               # the CSV, its head first
     "figures": figures.publish JSON,
     "points": [{"key", "title"}]}             # added when sealed: what the unit must answer

The JSON paper is the sealed text itself, so that its SHA-256 is the fingerprint on the PDF.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from participation.deliveries.models import Dossier, Paper
from participation.deliveries.sealing import csv_bytes, digest_of
from participation.kernel import pdf
from participation.kernel.addresses import absolute
from participation.kernel.codes import qr_svg
from participation.kernel.database import session, unit_of_work
from participation.kernel.i18n import LOCALES, _, speaking
from participation.kernel.jobs import Deed
from participation.kernel.mail import Enclosure, Fetch
from participation.kernel.rows import insert_once

ANY: Final = "any"
"""The language of a paper that has none."""
MEDIA: Final = {"pdf": "application/pdf", "csv": "text/csv", "json": "application/json"}
TONGUES: Final = {"zh-Hans": "zh", "en": "en"}
_NOT_IN_NAMES: Final = re.compile(r"[\W_]+")
_ASIDE: Final = re.compile(r"[(（]")
MOST_OF_TITLE: Final = 40
"""Characters of a title in a file name: with number and ending it stays below 60."""


@dataclass(frozen=True, slots=True)
class Made:
    """One paper before it is kept."""

    kind: str
    locale: str
    content: bytes


def set_papers(dossier: Dossier) -> list[Made]:
    """Make every paper of a dossier. The same dossier gives the same bytes."""
    contents = json.loads(dossier.contents)
    return [
        *(Made("pdf", locale, _set_pdf(dossier, contents, locale)) for locale in LOCALES),
        Made("csv", ANY, csv_bytes(contents["rows"])),
        Made("json", ANY, dossier.contents.encode()),
    ]


def render_papers(arguments: dict[str, Any]) -> Deed:
    """The job that makes a dossier's papers ahead of the first reader."""
    dossier_id: int = arguments["dossier_id"]
    made = set_papers(session().get_one(Dossier, dossier_id))
    return lambda: _keep(dossier_id, made)


def fetch_paper(kind: str) -> Fetch:
    """How the worker fetches a paper for a letter: by the dossier's id, for PDF with `@locale`."""

    def fetch(name: str) -> Enclosure:
        number, _mark, locale = name.partition("@")
        dossier = session().get_one(Dossier, int(number))
        paper = _kept(dossier, kind, locale or ANY)
        title = dossier.title.in_locale(locale or LOCALES[0])
        return Enclosure(
            name=file_name(dossier.id, title, kind),
            # The second name is for mailboxes that can't read the first one, which is Chinese.
            media_type=f'{MEDIA[kind]}; name="{plain_name(dossier.id, kind)}"',
            content=paper.content,
        )

    return fetch


def file_name(dossier_id: int, title: str, kind: str) -> str:
    """A short file name that every system takes: the number and the title, whose Chinese stays.

    What a title says in brackets (how many answers, which days) stands in the paper.
    """
    words = _NOT_IN_NAMES.sub("-", _ASIDE.split(title)[0]).strip("-")[:MOST_OF_TITLE].strip("-")
    return f"{dossier_id}-{words}.{kind}" if words else plain_name(dossier_id, kind)


def plain_name(dossier_id: int, kind: str) -> str:
    """The same in ASCII, for whoever can't read the other."""
    return f"dossier-{dossier_id}.{kind}"


def _kept(dossier: Dossier, kind: str, locale: str) -> Paper:
    """The kept paper; made now, and kept in a unit of its own, where the job did not run yet."""
    key = (dossier.id, kind, locale)
    paper = session().get(Paper, key)
    if paper is None:
        made = set_papers(dossier)
        with unit_of_work() as opened:
            _keep(dossier.id, made)
            paper = opened.get_one(Paper, key)
    return paper


def _keep(dossier_id: int, made: list[Made]) -> None:
    for paper in made:
        row = {
            "dossier_id": dossier_id,
            "kind": paper.kind,
            "locale": paper.locale,
            "digest": digest_of(paper.content),
            "content": paper.content,
        }
        insert_once(Paper, row)


def _set_pdf(dossier: Dossier, contents: dict[str, Any], locale: str) -> bytes:
    report = contents["reports"][TONGUES[locale]]
    with speaking(locale):
        data = {
            **report,
            "sections": [*report["sections"], _how_to_answer(dossier)],
            "code": {"label": _("内容指纹 SHA-256"), "value": dossier.digest},
        }
    return pdf.render(
        "paper/report.typ", data, lang=locale, made=dossier.sealed_at.replace(microsecond=0)
    )


def _how_to_answer(dossier: Dossier) -> dict[str, Any]:
    desk = absolute(f"/desk/dossiers/{dossier.id}")
    check = absolute(f"/verify/{dossier.digest}")
    block = {
        "type": "address",
        "title": _("签收和回答"),
        "text": _("用工作账号进来，签收，再一条一条回答。"),
        "url": desk,
        "qr_svg": qr_svg(desk, alt=_("这份汇总的地址")),
        "qr_alt": _("这份汇总的地址"),
    }
    proof = {"type": "p", "text": _("核对这份文件有没有被改过：%(url)s", url=check)}
    return {"heading": _("怎样回答"), "blocks": [block, proof]}
