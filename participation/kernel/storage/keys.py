"""The names of stored bytes: short, plain, and never a way out of the store."""

import re
from typing import Final

_PART: Final = r"[a-z0-9][a-z0-9._-]{0,63}"
_KEY: Final = re.compile(rf"{_PART}(?:/{_PART}){{1,6}}")
_PREFIX: Final = re.compile(rf"(?:{_PART}/){{1,6}}")


def checked(key: str) -> str:
    """The key itself; raises `ValueError` for one that could lead anywhere else.

    Two to seven parts of small letters, digits and `._-`, each beginning with a letter or a digit:
    neither `..` nor an absolute path nor a hidden file can be written so.
    """
    if not _KEY.fullmatch(key):
        raise ValueError("not a key of the store")
    return key


def checked_prefix(prefix: str) -> str:
    """A prefix of whole parts, ending with `/`; empty for everything. Raises `ValueError`."""
    if prefix and not _PREFIX.fullmatch(prefix):
        raise ValueError("not a prefix of the store")
    return prefix
