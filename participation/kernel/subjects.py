"""A subject names a thing of any room without importing that room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case, a dossier or an audit entry is about: the kind's name and the id as text."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Subject":
        """Read `kind:id` back; raises `ValueError` when either half is missing."""
        kind, colon, identity = text.partition(":")
        if not (kind and colon and identity):
            raise ValueError(f"not a subject: {text!r}")
        return cls(kind, identity)
