"""What the site remembers, who reads, how numbers are protected: the texts behind every footer."""

from flask import abort, render_template

from participation.accounts.queries import district_list
from participation.front.views.blueprint import pages
from participation.kernel.doors import anyone, door

PAGES = ("remember", "readers", "numbers", "guardians", "accessibility")


@pages.get("/about/<page>")
@door(anyone)
def about(page: str) -> str:
    """One of the texts about the site."""
    if page not in PAGES:
        abort(404)
    return render_template(f"front/about/{page}.html", page=page, districts=district_list())


@pages.get("/about/components")
@door(anyone)
def components() -> str:
    """The living style page: every component as it is used."""
    return render_template("front/components.html")
