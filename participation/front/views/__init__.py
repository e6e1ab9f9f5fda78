"""The pages that gather: home, topics, echoes, my page, the desk, about, open data."""

from participation.front.views import about, data, desk, display, home, mine
from participation.front.views.blueprint import pages

__all__ = ["about", "data", "desk", "display", "home", "mine", "pages"]
