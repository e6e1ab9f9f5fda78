"""What the tests of this room play on: a published call, works in any standing, identities."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from participation.accounts.identity import Identity
from participation.accounts.models import Person, School, SignIn
from participation.accounts.standing import identity_of
from participation.accounts.visiting import present_mark
from participation.contests.call import ShownCall
from participation.contests.models import (
    Author,
    Call,
    CallDistrict,
    CallTheme,
    Criterion,
    Entry,
    Licence,
    Use,
)
from participation.contests.naming import author_key, blind_code, call_subject, version_name
from participation.contests.queries import call_of
from participation.kernel import versions
from participation.kernel.clock import now, today
from participation.kernel.database import session, unit_of_work
from participation.kernel.pseudonyms import school_key
from participation.kernel.tables import Words, random_key
from participation.settings import Settings
from tests.support.cast import Cast

OPEN_FOR: Final = timedelta(days=30)
KINDS: Final[dict[str, dict[str, Any]]] = {
    "logo": {"pictures_most": 1},
    "drawing": {"pictures_most": 3},
    "lyrics": {"pictures_most": 0, "recording": True},
    "free": {"pictures_most": 1, "recording": True},
}
THEMES: Final = (Words(zh="家门前的路", en="The road at home"), Words(zh="公园", en="Parks"))
USES: Final = (
    Words(zh="可以展出在公交站", en="May be shown at bus stops"),
    Words(zh="可以印在明信片上", en="May be printed on postcards"),
)
CRITERIA: Final = (
    (Words(zh="看得仔细", en="Looks closely"), Words(zh="你看得很仔细", en="You looked closely")),
    (Words(zh="想到了别人", en="Thinks of others"), Words(zh="你想到了别人", en="You thought")),
)


def published_call(cast: Cast, kind: str = "drawing", **changes: Any) -> ShownCall:
    """A published call that opened an hour ago and is open for thirty days; in a unit of its own.

    `changes` are columns of `Call`, and `district_ids`.
    """
    with unit_of_work():
        row = call_row(cast, kind, **changes)
        return call_of(row.id)


def call_row(cast: Cast, kind: str = "drawing", **changes: Any) -> Call:
    """The same as a row, with two themes, two uses and two criteria; in the present unit."""
    districts: Sequence[int] = changes.pop("district_ids", ())
    opens = now() - timedelta(hours=1)
    usual: dict[str, Any] = {
        "state": "published",
        "kind": kind,
        "title": Words(zh="我家门前的路", en="The road at my door"),
        "sign": "画",
        "brief": Words(zh="画一画你家门前的路，你想让它变成什么样。", en="Draw your road."),
        "brief_small": Words(zh="画一画你家门前的路。", en="Draw your road."),
        "brief_older": Words(zh="请画出你家门前的路和你的想法。", en="Draw your road and idea."),
        "rules": Words(zh="自己画，不用电脑代画。", en="Draw it yourself."),
        "prizes": Words(zh="一张谢谢卡。", en="A thank-you card."),
        "use_for": Words(zh="给交通局看，挂在画廊里", en="For the bureau and the gallery"),
        "use_where": Words(zh="童声网站和市少年宫", en="This site and the youth palace"),
        "opens_at": opens,
        "closes_at": opens + OPEN_FOR,
        "unit_id": cast.unit.id,
        "official_id": cast.official.id,
        "answer_due": today() + timedelta(days=60),
        "made_at": opens,
        "published_at": opens,
    }
    row = Call(**(usual | KINDS[kind] | changes))
    session().add(row)
    session().flush()
    _parts(row.id, districts)
    versions.grow(version_name(row.id))
    return row


def _parts(call_id: int, districts: Sequence[int]) -> None:
    add = session().add
    for place, title in enumerate(THEMES):
        add(CallTheme(call_id=call_id, place=place, title=title))
    for place, title in enumerate(USES):
        add(Use(call_id=call_id, place=place, title=title))
    for place, (title, praise) in enumerate(CRITERIA):
        add(Criterion(call_id=call_id, place=place, title=title, praise=praise))
    for district_id in districts:
        add(CallDistrict(call_id=call_id, district_id=district_id))
    session().flush()


def who(person: Person, settings: Settings) -> Identity:
    """The identity of a person who signed in just now; in the present unit of work."""
    row = SignIn(
        id=random_key(),
        person_id=person.id,
        began_at=now(),
        ends_at=now() + timedelta(hours=12),
    )
    session().add(row)
    session().flush()
    found = identity_of(person.id, sign_in=row, mark=present_mark(), settings=settings)
    assert found is not None
    return found


def work(
    call: ShownCall, child: Person, *others: Person, standing: str = "waiting", **changes: Any
) -> Entry:
    """A work as a row, in a unit of its own: by `child`, who leads, and `others`.

    `changes` are columns of `Entry`, and: `band` of all authors, `district_id`, `name_form`,
    `guardian` (waiting, agreed …) and `until` of every licence, `uses`. There is no case of it at
    the desk and there are no files.
    """
    with unit_of_work():
        return work_row(call, child, *others, standing=standing, **changes)


def work_row(
    call: ShownCall, child: Person, *others: Person, standing: str = "waiting", **changes: Any
) -> Entry:
    """The same in the present unit of work."""
    rights = {name: changes.pop(name) for name in ("guardian", "until", "uses") if name in changes}
    form = changes.pop("name_form", "nickname")
    usual: dict[str, Any] = {
        "call_id": call.id,
        "code": blind_code(),
        "standing": standing,
        "band": "a",
        "district_id": district_of(child),
        "school": school_key(child.school_id or 0, call_subject(call.id)),
        "title": "会唱歌的斑马线",
        "words": "我想让开车的人慢下来。",
        "alt": "三个孩子走在钢琴键一样的斑马线上。",
        "ai": "none",
        "shown": True,
        "shuffle": 7,
        "turns": 0 if standing == "draft" else 1,
        "handed_on": None if standing == "draft" else today(),
    }
    if call.takes_text:
        usual["text"] = "走呀走，走过斑马线\n叮咚叮咚，车儿慢下来"
    entry = Entry(**(usual | changes))
    session().add(entry)
    session().flush()
    for person in (child, *others):
        author = _author(entry, person, form, lead=person is child)
        if standing != "draft":
            _licence(author, rights)
    session().flush()
    versions.grow(version_name(call.id))
    return entry


def district_of(child: Person) -> int:
    """The district of a child's school."""
    found = session().get(School, child.school_id)
    return found.district_id if found else 0


def _author(entry: Entry, person: Person, form: str, *, lead: bool) -> Author:
    author = Author(
        entry_id=entry.id,
        call_id=entry.call_id,
        participant=author_key(person.id, entry.call_id),
        lead=lead,
        band=entry.band,
        consent="agreed",
        name_form=form,
        shown_as={"nickname": person.nickname, "surname": "林某", "none": ""}[form],
    )
    session().add(author)
    session().flush()
    return author


def _licence(author: Author, rights: dict[str, Any]) -> None:
    agreed = rights.get("guardian", "waiting") == "agreed"
    usual: dict[str, Any] = {"author_id": author.id, "uses": []}
    if agreed:
        usual |= {"given_on": today(), "until": today() + timedelta(days=730)}
    session().add(Licence(**(usual | rights)))


def handed_in(call: ShownCall, child: Person, *others: Person, **changes: Any) -> Entry:
    """A work that waits for a moderator."""
    return work(call, child, *others, standing="waiting", **changes)


def approved(call: ShownCall, child: Person, *others: Person, **changes: Any) -> Entry:
    """A work that a moderator let through and whose guardians agreed: it hangs in the gallery."""
    rights = {"guardian": "agreed"} | changes
    return work(call, child, *others, standing="approved", **rights)
