"""The desk: what waits for this moderator, how deep and how old it is, what she decided before."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_login import current_user

from participation.accounts.models import Person
from participation.accounts.roles import moderators
from participation.kernel.clock import now
from participation.kernel.doors import door
from participation.kernel.i18n import _
from participation.kernel.paging import read_key
from participation.kernel.web import see
from participation.moderation import actions, queries, targets
from participation.moderation.policies import may_judge, may_read_on
from participation.moderation.routing import BY_CODE
from participation.moderation.views.blueprint import pages, reader


@pages.get("/desk/moderation")
@door(moderators)
def desk() -> Any:
    """What waits, by rank and age, and the way to the next text."""
    who, after = reader(), read_key(request.args.get("after"))
    queue = request.args.get("queue", "")
    queue = queue if queue in BY_CODE else ""
    profile = queries.profile_of(who)
    waiting = queries.waiting_cases(profile, after=after, queue=queue)
    return render_template(
        "moderation/desk.html",
        waiting=waiting[: queries.PAGE],
        more=len(waiting) > queries.PAGE,
        after=after,
        queue=queue,
        depths=queries.depths(profile),
        load=profile.load,
        lately=queries.decided_lately(who.id),
        refusal=may_read_on.refusal(who, profile, now()),
        targets=targets,
        moment=now(),
    )


@pages.post("/desk/moderation/next")
@door(moderators)
def claim_next() -> Any:
    """Take the free text that is to be read first."""
    queue = request.form.get("queue", "")
    return go_on(reader(), queue=queue if queue in BY_CODE else "")


def go_on(who: Person, *, after: int = 0, queue: str = "") -> Any:
    """To the next free text; to the desk when there is none, or when a pause or the end is due."""
    may_judge.require(who, None, now())
    if queries.profile_of(who).load.is_full:
        return see(url_for(".desk"))
    taken = actions.claim_next(who, after=after, queue=queue)
    if taken is not None:
        return see(url_for(".case", case_id=taken.id))
    flash(_("后面没有要看的了。") if after else _("现在没有要看的了。"))
    return see(url_for(".desk"))


@pages.get("/desk/moderation/mine")
@door(moderators)
def mine() -> Any:
    """What one decided, newest first."""
    before = read_key(request.args.get("before"))
    found = queries.decided_by(current_user.person_id, before=before)
    shown, more = found[: queries.PAGE], len(found) > queries.PAGE
    return render_template(
        "moderation/mine.html",
        verdicts=shown,
        before=before,
        older=shown[-1].id if more else 0,
        since=queries.reread_since(),
        reason_label=queries.reason_label,
    )
