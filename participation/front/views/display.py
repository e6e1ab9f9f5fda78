"""How the site is shown to this visitor, and the small addresses every site has."""

from typing import Any

from flask import Response, current_app, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from sqlalchemy import text

from participation.front.views.blueprint import pages
from participation.kernel.asked import LANGUAGE_COOKIE
from participation.kernel.assets import asset
from participation.kernel.database import session
from participation.kernel.doors import anyone, door
from participation.kernel.i18n import LOCALES
from participation.kernel.web import safe_next, same_site, see

CHOICES = {
    "theme": ("light", "dark"),
    "size": ("big",),
    LANGUAGE_COOKIE: LOCALES,
}
"""What may be kept in the cookie of each name; an empty choice takes the cookie away."""
ONE_YEAR = 365 * 24 * 3600
ONE_DAY = "public, max-age=86400"
ROBOTS = "User-agent: *\nDisallow: /me\nDisallow: /desk\nDisallow: /enter\nDisallow: /guardian\n"


@pages.post("/display")
@door(anyone)
def display() -> Response:
    """Keep the visitor's choice of light, size or language in a cookie of the device."""
    same_site()
    answer = see(safe_next(request.form.get("next"), url_for("front.home")))
    for name, values in CHOICES.items():
        chosen = request.form.get(name)
        if chosen in values:
            answer.set_cookie(name, chosen, max_age=ONE_YEAR, **_cookie())
        elif chosen == "":
            answer.delete_cookie(name, **_cookie())
    return answer


def _cookie() -> dict[str, Any]:
    secure = current_app.extensions["settings"].secure_cookies
    return {"secure": secure, "httponly": True, "samesite": "Lax"}


@pages.record_once
def exempt_from_token(state: BlueprintSetupState) -> None:
    """The choice needs no token: `same_site` guards it, and pages without one may be cached."""
    state.app.extensions["csrf"].exempt(display)


@pages.get("/robots.txt")
@door(anyone)
def robots() -> Response:
    """Machines keep out of everything personal."""
    return Response(
        ROBOTS, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"}
    )


@pages.get("/favicon.ico")
@door(anyone)
def favicon() -> Response:
    """The picture that browsers ask for without being told."""
    answer = redirect(asset("img/favicon.svg"))
    answer.headers["Cache-Control"] = ONE_DAY
    return answer  # type: ignore[return-value]


@pages.get("/health")
@door(anyone)
def health() -> dict[str, str]:
    """Says that the site and its database answer."""
    session().execute(text("SELECT 1"))
    return {"status": "ok", "database": "ok"}
