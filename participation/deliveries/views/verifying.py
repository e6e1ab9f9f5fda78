"""Anyone who holds a paper may check that it is the one that was sealed."""

from typing import Any, Final

from flask import redirect, render_template, request, url_for

from participation.deliveries import queries
from participation.deliveries.sealing import digest_of
from participation.deliveries.views.blueprint import pages
from participation.kernel.doors import anyone, door
from participation.kernel.words import tidy

LENGTH: Final = 64


@pages.get("/verify")
@door(anyone)
def check() -> Any:
    """Where the fingerprint of a paper is typed."""
    typed = "".join(tidy(request.args.get("digest")).lower().split())
    if typed:
        return redirect(url_for(".verify", digest=typed[: 2 * LENGTH]))
    return render_template("deliveries/verify.html", digest="", found=None)


@pages.get("/verify/<digest>")
@door(anyone)
def verify(digest: str) -> Any:
    """What was sealed under this fingerprint, and whether it is still whole."""
    found = queries.dossier_by_digest(digest.lower()) if len(digest) == LENGTH else None
    if found is None:
        return render_template("deliveries/verify.html", digest=tidy(digest), found=None), 404
    dossier, papers = found
    return render_template(
        "deliveries/verify.html",
        digest=digest.lower(),
        found=dossier,
        papers=papers,
        whole=digest_of(dossier.contents) == dossier.digest,
    )
