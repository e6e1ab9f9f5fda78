"""Putting matters, the standing of their dossiers and the replies side by side; questions only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from participation.consultations.models import Consultation
from participation.consultations.queries.agenda import days_left, topics_by_id
from participation.consultations.queries.mine import Mine
from participation.consultations.topic import subject_of
from participation.deliveries.queries import Standing, standings_of
from participation.deliveries.queries.latest import latest_answered, replies_of
from participation.kernel.i18n import ngettext, say_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """One matter with what became of it; `answers` are those of the latest reply."""

    topic: Consultation
    standing: Standing | None
    answers: Sequence[Any] = ()

    @property
    def is_answered(self) -> bool:
        return self.standing is not None and self.standing.state == "answered"

    @property
    def by(self) -> list[str]:
        """Who answered, when, and how late; nothing where nobody has."""
        if self.standing is None or self.standing.answered_on is None:
            return []
        late = self.standing.late_days
        return [
            str(self.standing.unit),
            say_date(self.standing.answered_on),
            *([ngettext("晚了 %(num)d 天", "晚了 %(num)d 天", late)] if late else ()),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyEcho:
    """A matter the child took part in, what she wrote, and what came back."""

    mine: Mine
    echo: Echo

    @property
    def topic(self) -> Consultation:
        return self.mine.topic

    @property
    def has_said(self) -> bool:
        return self.mine.answered or bool(self.mine.words)

    @property
    def is_begun(self) -> bool:
        """Begun, not finished, and still open."""
        return self.mine.drafted and not self.mine.answered and days_left(self.topic) > 0


def echoes_of(topics: Iterable[Consultation], *, with_answers: bool = False) -> list[Echo]:
    """Each matter with its standing, and with the answers of its latest reply if asked for."""
    listed = list(topics)
    subjects = [subject_of(topic.id) for topic in listed]
    standings = standings_of(subjects)
    replies = replies_of(subjects) if with_answers else {}
    return [
        Echo(
            topic=topic,
            standing=standings.get(subject),
            answers=replies[subject].answers if subject in replies else (),
        )
        for topic, subject in zip(listed, subjects, strict=True)
    ]


def latest_echoes(most: int) -> list[Echo]:
    """The matters that were answered last, the newest answer first."""
    ids = [int(subject.id) for subject in latest_answered("consultation", most)]
    found = topics_by_id(ids)
    return echoes_of((found[each] for each in ids if each in found), with_answers=True)


def my_echoes(matters: Sequence[Mine]) -> list[MyEcho]:
    """The child's matters with what came back, in the given order."""
    echoes = echoes_of((mine.topic for mine in matters), with_answers=True)
    return [MyEcho(mine=mine, echo=echo) for mine, echo in zip(matters, echoes, strict=True)]
