"""The press: a file whose sender nobody knows becomes new, bare files that anybody may open.

Pure: no database, no web. A file is looked at in the process that received it (`look`, the header
alone) and worked on in a child process with limits (`press`); what the child made is checked here
by a walker of its own before anybody gets it.
"""

from participation.media.press.face import (
    CODES,
    KINDS,
    MIMES,
    MOST_BYTES,
    Cover,
    Kind,
    Looked,
    Made,
    Pressed,
    Spotted,
    Unusable,
)
from participation.media.press.fingerprints import distance, near, signed, unsigned
from participation.media.press.looking import look
from participation.media.press.pressing import Limits, Press, press, spot
from participation.media.press.sniffing import sniff

__all__ = [
    "CODES",
    "KINDS",
    "MIMES",
    "MOST_BYTES",
    "Cover",
    "Kind",
    "Limits",
    "Looked",
    "Made",
    "Press",
    "Pressed",
    "Spotted",
    "Unusable",
    "distance",
    "look",
    "near",
    "press",
    "signed",
    "sniff",
    "spot",
    "unsigned",
]
