"""The pages on which a teacher brings works of her class: slips, photos, rows, and the end."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from flask import Response, current_app, flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.paper import class_name
from participation.accounts.roles import teachers
from participation.contests import slip_paper
from participation.contests.actions.batches import ending, photos, rows, sheets
from participation.contests.forms.batches import read_rows
from participation.contests.policies.batches import may_bring_works
from participation.contests.queries import batches as questions
from participation.contests.queries.batches import PAGE, Bring, bringing
from participation.contests.queries.files import PICTURE_LIMIT
from participation.contests.views.blueprint import pages
from participation.kernel import pdf
from participation.kernel.addresses import absolute
from participation.kernel.clock import now, today
from participation.kernel.doors import door, takes_up_to
from participation.kernel.errors import RuleBroken
from participation.kernel.i18n import _, _l, current_locale, ngettext
from participation.kernel.web import see
from participation.media.queries import address, shots_of

AT_ONCE: Final = 5
"""So many photos of one request; the script sends one by one."""
ROOM: Final = 64 * 1024
NO_FILE: Final = _l("先选照片。")
TOO_MANY: Final = _l("一次最多 %(most)s 张。前面的收下了，后面的请再传一次。", most=AT_ONCE)


@pages.get("/desk/classes/<int:class_id>/works")
@door(teachers)
def bring_where(class_id: int) -> Any:
    """The open calls to which she may bring works of this class."""
    place, found = questions.calls_for(current_user, class_id)
    name = class_name(place)
    return render_template("contests/batch_calls.html", calls=found, class_id=class_id, name=name)


@pages.get("/desk/classes/<int:class_id>/works/<int:call_id>")
@door(teachers)
def bring_works(class_id: int, call_id: int) -> Any:
    """Slips, photos and rows of a class."""
    bring = bringing(current_user, class_id, call_id)
    may_bring_works.require(current_user, bring.right, now())
    return _page(bring)


def _page(bring: Bring, error: str = "") -> str:
    after = request.args.get("after", 0, type=int)
    batch = bring.batch
    found = questions.sheets_of(batch.id, after=after, most=PAGE) if batch else []
    loose = questions.loose_photos(bring)
    return render_template(
        "contests/batch.html",
        bring=bring,
        call=bring.call,
        name=class_name(bring.place),
        left=questions.left_out(bring),
        rows=questions.rows_of(bring, found[:PAGE]),
        older=found[PAGE - 1].person_id if len(found) > PAGE else 0,
        started=after > 0,
        loose=loose,
        shots=shots_of([one.file for one in loose], viewer=current_user.sign_in),
        free=questions.free_sheets(bring),
        twins=questions.twins(bring),
        small=_small,
        error=error,
        at_once=AT_ONCE,
        limit=PICTURE_LIMIT,
        handed=questions.count_handed(batch.id) if batch else 0,
        days=ending.DAYS,
    )


def _small(file: Any) -> str:
    return address(file, "small", viewer=current_user.sign_in)


def _home(bring: Bring, part: str = "") -> str:
    return url_for(
        "contests.bring_works", class_id=bring.place.id, call_id=bring.call.id, _anchor=part
    )


def _paper(template: str, data: Mapping[str, Any], name: str) -> Response:
    """Set while it is sent: what stands on it is committed by then, the lock is free."""
    lang = current_locale()

    def body() -> Iterator[bytes]:
        yield pdf.render(template, data, lang=lang)

    response = Response(body(), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/slips")
@door(teachers)
def print_slips(class_id: int, call_id: int) -> Any:
    """The slips of the class as a PDF; a batch begins with the first printing."""
    bring = bringing(current_user, class_id, call_id)
    try:
        slips = sheets.print_slips(current_user, bring)
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(_home(bring))
    data = slip_paper.slips_data(slips, bring.place, bring.call)
    return _paper(slip_paper.SLIPS, data, f"slips-{class_id}-{call_id}.pdf")


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/photos")
@door(teachers)
@takes_up_to(AT_ONCE * PICTURE_LIMIT + ROOM)
def take_photos(class_id: int, call_id: int) -> Any:
    """Several photos at once; what is fine of them is kept, each other one says why not."""
    bring = bringing(current_user, class_id, call_id)
    sent: Any = [one for one in request.files.getlist("file") if one.filename]
    wrong = [] if sent else [str(NO_FILE)]
    taken = 0
    for number, one in enumerate(sent[:AT_ONCE], start=1):
        try:
            photos.take_photo(current_user, bring, one.stream)
            taken += 1
        except RuleBroken as refusal:
            wrong.append(_("第 %(number)s 张：", number=number) + str(refusal))
    if len(sent) > AT_ONCE:
        wrong.append(str(TOO_MANY))
    return _after_photos(bring, taken, wrong)


def _after_photos(bring: Bring, taken: int, wrong: list[str]) -> Any:
    """A request of which nothing was kept is wrong (422); else what was kept is told with it."""
    if not taken:
        return _page(bring, " ".join(wrong)), 422
    flash(ngettext("收到 %(num)d 张照片。", "收到 %(num)d 张照片。", taken), "thanks")
    for sentence in wrong:
        flash(sentence)
    return see(_home(bring, "photos"))


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/photos/<file_id>/match")
@door(teachers)
def match_photo(class_id: int, call_id: int, file_id: str) -> Any:
    """Put a photo to a child by hand."""
    bring = bringing(current_user, class_id, call_id)
    try:
        photos.match_photo(current_user, bring, file_id, request.form.get("row", ""))
    except RuleBroken as refusal:
        return _page(bring, str(refusal)), 422
    flash(_("对上了。"), "thanks")
    return see(_home(bring, "photos"))


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/photos/<file_id>/drop")
@door(teachers)
def drop_photo(class_id: int, call_id: int, file_id: str) -> Any:
    """Let a photo go that is nobody's."""
    bring = bringing(current_user, class_id, call_id)
    photos.drop_photo(current_user, bring, file_id)
    return see(_home(bring, "photos"))


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/rows")
@door(teachers)
def keep_rows(class_id: int, call_id: int) -> Any:
    """Keep the rows; then, by the button: hand in those that are whole, or take a photo off."""
    bring = bringing(current_user, class_id, call_id)
    kept = rows.save_rows(current_user, bring, read_rows(request.form))
    if off := request.form.get("off", ""):
        photos.unmatch_photo(current_user, bring, off)
        return see(_home(bring, "photos"))
    if request.form.get("go") == "hand-in":
        _tell(rows.hand_in_rows(current_user, bring, kept))
    else:
        flash(_("存好了，还没有交。"), "thanks")
    return see(_home(bring, "rows"))


def _tell(brought: rows.Brought) -> None:
    """Nothing typed is lost: rows that were not handed in say what they lack on the page itself."""
    if brought.handed:
        said = ngettext(
            "交了 %(num)d 件，会有一位老师先看。",
            "交了 %(num)d 件，会有一位老师先看。",
            brought.handed,
        )
        flash(said, "thanks")
    if brought.left:
        flash(
            ngettext(
                "还有 %(num)d 行没有交，看看写着为什么。",
                "还有 %(num)d 行没有交，看看写着为什么。",
                brought.left,
            )
        )


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/licences")
@door(teachers)
def print_licences(class_id: int, call_id: int) -> Any:
    """The slips for the guardians of all works that are in, as a PDF with fresh codes."""
    bring, days = bringing(current_user, class_id, call_id), _days()
    try:
        slips = sheets.print_licences(current_user, bring, days=days)
    except RuleBroken as refusal:
        flash(str(refusal))
        return see(_home(bring))
    data = slip_paper.licences_data(
        slips,
        bring.call,
        lambda code: absolute(url_for(".licence", code=code)),
        page=absolute(url_for(".licences")),
        ends=today() + timedelta(days=days),
    )
    return _paper(slip_paper.LICENCES, data, f"guardians-{class_id}-{call_id}.pdf")


def _days() -> int:
    days: int = current_app.extensions["settings"].consent_days
    return days


@pages.post("/desk/classes/<int:class_id>/works/<int:call_id>/end")
@door(teachers)
def end_batch(class_id: int, call_id: int) -> Any:
    """End it: what is in stays the children's, all else goes."""
    bring = bringing(current_user, class_id, call_id)
    ending.end_batch_of(current_user, bring)
    flash(_("收好了。名字和作品不再连在一起。"), "thanks")
    return see(url_for("accounts.class_page", class_id=class_id))
