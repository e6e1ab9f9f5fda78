"""Where a rendition is shown: an address that is signed, and lives for minutes or for a day."""

from datetime import timedelta
from typing import Final

from participation.media.queries.files import FileView
from participation.media.signing import PRIVATE_FOR, PUBLIC_FOR, sign

ROOT: Final = "/files/"


def address(file: FileView, name: str, *, viewer: str, minutes: int = 0) -> str:
    """The address of a rendition for one visitor: `viewer` is her visit (`current_user.sign_in`).

    It lives for `minutes` (10 unless told, 60 at most) and opens in no other visit. It dies at
    once when the file is covered, taken down or discarded. Empty where there is no such rendition
    or the file is not ready, so that a template can ask `{% if %}`. Raises `ValueError` without a
    viewer: what everybody may see has a `public_address`.
    """
    if not viewer:
        raise ValueError("a private address needs the visit that it is made for")
    lives = min(timedelta(minutes=minutes) or PRIVATE_FOR, timedelta(hours=1))
    return _address(file, name, viewer, lives)


def public_address(file: FileView, name: str) -> str:
    """The address of a rendition that everybody may see: the same for all, for up to a day.

    Whether everybody may is the caller's to know (published, with every consent); empty as above.
    """
    return _address(file, name, "", PUBLIC_FOR)


def _address(file: FileView, name: str, viewer: str, lives: timedelta) -> str:
    if not file.is_ready or name not in file.renditions:
        return ""
    return ROOT + sign(file.id, name, file.version, viewer=viewer, lives=lives)
