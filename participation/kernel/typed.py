"""What somebody wrote into a form that was refused as a whole, shown back lest it be lost."""

import re
from collections.abc import Mapping
from typing import Final

SECRET: Final = re.compile("password|token|secret|code|pictures|number")
"""Names of fields that are never shown back."""
MACHINE: Final = re.compile(r"[!-~]{0,64}")
"""Values that a page made and nobody wrote: one short word of ASCII."""
MOST: Final = 20
LONGEST: Final = 10_000


def words_typed(form: Mapping[str, str]) -> list[str]:
    """The texts among the values of a form, in its order: at most 20, of 10,000 characters each."""
    texts = [
        value[:LONGEST]
        for name, value in form.items()
        if not SECRET.search(name) and not MACHINE.fullmatch(value.strip())
    ]
    return texts[:MOST]
