"""Reading the list of decisions that a teacher typed in from paper forms."""

import re
from collections.abc import Iterable

from participation.accounts.consent import WISHES, Wish

_FIELD = re.compile(r"wish-([0-9]{1,18})")


def read_wishes(fields: Iterable[tuple[str, str]]) -> dict[int, Wish]:
    """The decisions by child: fields `wish-<id>` of "agreed" or "refused".

    An empty one means "as it was"; anything else is not of this page and is left out.
    """
    wishes: dict[int, Wish] = {}
    for name, value in fields:
        found = _FIELD.fullmatch(name)
        for wish in WISHES:
            if found and value == wish:
                wishes[int(found[1])] = wish
    return wishes
