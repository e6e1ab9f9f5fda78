"""The one page of files: what a signed address leads to."""

from participation.media.views.files import pages

__all__ = ("pages",)
