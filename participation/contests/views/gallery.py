"""One work that hangs, for everybody but those who judge in its call."""

from flask import Response, render_template
from flask_login import current_user

from participation.contests.call import ShownCall
from participation.contests.policies.gallery import may_see_works
from participation.contests.queries import call
from participation.contests.queries.gallery import gallery_for, neighbours
from participation.contests.queries.hung import HungWork, hung_work
from participation.contests.views.blueprint import pages
from participation.contests.views.walls import draw_of_visit, looking_at, revalidated
from participation.kernel.clock import now
from participation.kernel.doors import anyone, door


@pages.get("/works/<key>")
@door(anyone)
def work(key: str) -> Response:
    """One work, with the ones beside it in her own order."""
    found, call_of_it = _shown(key)
    draw, looking = draw_of_visit(), looking_at(call_of_it)
    sides = neighbours(call_of_it, draw, looking, found.place)
    before, after = (one.hex() if one else "" for one in sides)
    return revalidated(
        render_template(
            "contests/hung_work.html",
            work=found,
            call=call_of_it,
            draw=draw,
            looking=looking,
            before=before,
            after=after,
        )
    )


def _shown(key: str) -> tuple[HungWork, ShownCall]:
    """A work that hangs and its call; refuses who judges in it, for as long as she does."""
    found = hung_work(key)
    call_of_it = call(found.call_id)
    may_see_works.require(current_user, gallery_for(current_user, call_of_it), now())
    return found, call_of_it
