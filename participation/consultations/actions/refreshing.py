"""Making the kept pages of a consultation anew when something beside it changed."""

from participation.consultations.topic import version_name
from participation.kernel import versions
from participation.kernel.subjects import Subject


def refresh_page(subject: Subject) -> None:
    """Grow the version of the consultation that a subject names; other subjects are left alone."""
    if subject.kind == "consultation":
        versions.grow(version_name(int(subject.id)))
