"""The pages of deliveries, in reading order: the board, a dossier, the reply, the check."""

from participation.deliveries.views import reading, replying, verifying
from participation.deliveries.views.blueprint import pages

__all__ = ["pages", "reading", "replying", "verifying"]
