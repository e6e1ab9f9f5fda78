"""Questions about files: what a subject has, where it is shown, what looks like it."""

from participation.media.queries.addresses import address, public_address
from participation.media.queries.copies import Copy, near_copies
from participation.media.queries.files import (
    FileView,
    RenditionView,
    file_view,
    files_of,
    files_of_many,
    place_in_queue,
)
from participation.media.queries.serving import content_of
from participation.media.queries.shots import Shot, shots_of

__all__ = (
    "Copy",
    "FileView",
    "RenditionView",
    "Shot",
    "address",
    "content_of",
    "file_view",
    "files_of",
    "files_of_many",
    "near_copies",
    "place_in_queue",
    "public_address",
    "shots_of",
)
