"""The deeds of files: taken in, pressed by the worker, covered, taken down, discarded, swept up."""

from participation.media.actions.covering import cover, keep_covers
from participation.media.actions.ending import discard, discard_all, take_down
from participation.media.actions.moving import move
from participation.media.actions.taking import take_in

__all__ = (
    "cover",
    "discard",
    "discard_all",
    "keep_covers",
    "move",
    "take_down",
    "take_in",
)
