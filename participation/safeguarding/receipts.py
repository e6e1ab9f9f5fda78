"""What the page after a message may show, carried in its address for some minutes.

So that the page can be reached by a redirect (a reload sends nothing again) and without a cookie.
It is sealed: whoever finds the address later, in a history or a log, learns nothing, and none of
the words are in it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from participation.kernel.clock import now
from participation.kernel.vault import SAFEGUARDING, Unopened, place_of, vault
from participation.safeguarding.secretcodes import Secret

VALID: Final = timedelta(minutes=10)
"""Long enough to copy four pictures and four letters, and to load the page again by mistake."""
_PLACE: Final = place_of("safeguarding_receipts", "-", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A message that was kept: which concern, the secret of its answer, and what to say.

    `at_once` says that somebody had better be called now, `complaint` that it was written on the
    page of complaints, `wish` how she wants to be answered.
    """

    concern_id: int
    letters: str = field(default="", repr=False)
    pictures: tuple[str, ...] = field(default=(), repr=False)
    at_once: bool = False
    complaint: bool = False
    wish: str = ""

    @property
    def secret(self) -> Secret | None:
        """The secret, where one is shown."""
        return Secret(self.letters, self.pictures) if self.letters else None


def receipt_code(receipt: Receipt) -> str:
    """The receipt as a part of an address."""
    held = {**asdict(receipt), "at": int(now().timestamp())}
    sealed = vault(SAFEGUARDING).seal(json.dumps(held), _PLACE)
    return urlsafe_b64encode(sealed).rstrip(b"=").decode()


def open_receipt(code: str) -> Receipt | None:
    """The receipt again; None where it is none, or older than `VALID`."""
    try:
        held = json.loads(vault(SAFEGUARDING).open(urlsafe_b64decode(code + "=="), _PLACE))
    except (Unopened, ValueError):
        return None
    age = now() - datetime.fromtimestamp(held.pop("at"), UTC)
    if age > VALID:
        return None
    return Receipt(**{**held, "pictures": tuple(held["pictures"])})
