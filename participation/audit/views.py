"""The record of deeds as a page for administrators."""

from flask import Blueprint, render_template, request

from participation.accounts.roles import administrators
from participation.audit import queries
from participation.audit.sayings import SAYINGS, THINGS
from participation.kernel.doors import door
from participation.kernel.paging import LARGEST_KEY, read_key
from participation.kernel.subjects import Subject

pages = Blueprint("audit", __name__)


@pages.get("/desk/audit")
@door(administrators)
def entries() -> str:
    """One page of the record, narrowed to a kind of deed or to one thing where asked for."""
    what, about = request.args.get("what", ""), request.args.get("subject", "").strip()
    keys = {name: request.args.get(name) for name in ("below", "above")}
    bounds = {name: read_key(key, most=LARGEST_KEY) for name, key in keys.items()}
    subject = _subject(about)
    found = queries.entries(what=what, subject=subject, **bounds)
    return render_template(
        "audit/entries.html",
        leaf=found,
        what=what,
        about=about,
        misread=bool(about) and subject is None,
        kinds=queries.kinds(),
        names=queries.names_in(found.rows),
        sayings=SAYINGS,
        things=THINGS,
        grave=queries.GRAVE,
    )


def _subject(text: str) -> Subject | None:
    try:
        return Subject.parse(text)
    except ValueError:
        return None
