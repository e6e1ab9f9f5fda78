"""Where a text comes from, as pseudonyms by the server key: enough to keep a judge away from her
own school and to compare texts of one class, and nothing that a table could tell."""

from functools import lru_cache

from participation.kernel.pseudonyms import fingerprint


@lru_cache(maxsize=4096)
def school_mark(school_id: int) -> bytes | None:
    """The 16-byte mark of a school at the desk; None where there is no school."""
    return fingerprint("moderation.school", str(school_id)) if school_id else None


@lru_cache(maxsize=4096)
def kin_mark(class_id: int, matter: str) -> bytes | None:
    """The 16-byte mark of a class in one matter; None where there is no class."""
    return fingerprint("moderation.kin", f"{class_id}|{matter}") if class_id else None
