"""Collects the messages of code and templates into translations/<locale>/LC_MESSAGES/messages.po.

The language of the source is zh-Hans, so its catalog says each message as it stands unless a city
reworded it there. English keeps what was translated; what is new comes without a translation and
a test names it.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from participation.settings import ROOT

KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}, "**.txt": {"trimmed": "true"}}
CATALOGS = {"zh_Hans": "zh_Hans", "en": "en"}


def collect() -> Catalog:
    """Every message of the source, once."""
    found = Catalog(fuzzy=False)
    for folder in ("participation", "templates"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder,
            method_map=METHODS,
            options_map=OPTIONS,
            keywords=KEYWORDS,
        ):
            found.add(message)
    return found


def path_of(name: str) -> Path:
    """Where the catalog of a locale lies."""
    return ROOT / "translations" / name / "LC_MESSAGES" / "messages.po"


def renew(name: str) -> Catalog:
    """Bring one catalog up to date: new messages in, unused ones out, translations kept."""
    path, old = path_of(name), Catalog()
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=CATALOGS[name])
    fresh = Catalog(locale=CATALOGS[name], project="participation", fuzzy=False)
    for message in sorted(collect(), key=lambda one: str(one.id)):
        if not message.id:
            continue
        kept = old.get(message.id if isinstance(message.id, str) else message.id[0])
        said = kept.string if kept and kept.id == message.id else ""
        if name == "zh_Hans" and not _spoken(said):
            said = message.id if isinstance(message.id, str) else (message.id[0],)
        fresh.add(message.id, said)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=100, omit_header=False, no_location=True, sort_output=False)
    return fresh


def _spoken(said: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(said) and all(said or ())


def main() -> None:
    """Renew both catalogs and count what English still lacks."""
    for name in CATALOGS:
        fresh = renew(name)
        missing = [message for message in fresh if message.id and not _spoken(message.string)]
        print(f"{name}: {len(fresh)} messages, {len(missing)} without words")  # noqa: T201
        for message in missing:
            print(f"  {message.id!r}")  # noqa: T201


if __name__ == "__main__":
    main()
