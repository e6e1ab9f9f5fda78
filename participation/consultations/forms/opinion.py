"""The form of one consultation, made once for each of its versions and read without WTForms.

Every answered form comes this way, so its reader is built once and then only looks up values.
Whatever a child typed stands in `Given.fields`, right or wrong, and goes back into the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from participation.consultations.codec import DONT_KNOW, FACES, SKIPPED, Answer
from participation.consultations.queries.answers import Fields
from participation.consultations.topic import (
    FACES_FOR_SMALL,
    LONGEST_WORDS,
    Said,
    Topic,
    TopicQuestion,
)
from participation.kernel.errors import Sentence
from participation.kernel.i18n import _l
from participation.kernel.words import tidy

KNOWN_NOT: Final = "dk"
SKIP: Final = "skip"
LONGEST_DRAFT: Final = 4000
SURE: Final = "sure"
"""The field that confirms words as they are, by their marks (`asking.mark_of_text`)."""
NOT_OFFERED = _l("请从这几个里面选")


@dataclass(slots=True)
class Given:
    """What a form brought: answers in the order of the sheet, words by question, what is wrong."""

    fields: Fields
    answers: tuple[Answer, ...] = ()
    words: Mapping[int, Said] = field(default_factory=dict)
    errors: dict[str, Sentence] = field(default_factory=dict)


class OpinionForm:
    """Reads the fields of one topic as one band sees it."""

    def __init__(self, topic: Topic, band: str) -> None:
        self.asked = topic.questions_for(band)
        self._slots = len(topic.layout.slots)
        self._known = {
            question.name: self._offered(question, band)
            for question in self.asked
            if question.slot is not None
        }
        self._names = frozenset(
            name for question in self.asked for name in (question.name, question.quote)
        )

    @staticmethod
    def _offered(question: TopicQuestion, band: str) -> Mapping[str, int]:
        if question.kind == "faces":
            places: Any = FACES_FOR_SMALL if band == "a" else range(1, FACES + 1)
        else:
            places = range(1, len(question.options) + 1)
        return {str(place): place for place in places}

    def draft(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """The fields of this form as they were typed, for a draft.

        Words are cut at LONGEST_DRAFT characters, eight times what a question takes.
        """
        return {
            name: [tidy(value)[:LONGEST_DRAFT] for value in values[:20]]
            for name, values in sent.lists()
            if name in self._names and any(values[:20])
        }

    def read(self, fields: Fields) -> Given:
        """Understand the fields; what can't be understood is named in `errors` by its field."""
        given = Given(fields)
        answers: list[Answer] = [SKIPPED] * self._slots
        words: dict[int, Said] = {}
        for question in self.asked:
            values = fields.get(question.name, [])
            if question.slot is None:
                words[question.id] = self._words(question, values, given)
            else:
                answers[question.slot] = self._answer(question, values, given)
        given.answers, given.words = tuple(answers), words
        return given

    def _answer(self, question: TopicQuestion, values: list[str], given: Given) -> Answer:
        known = self._known[question.name]
        if (
            len(values) == 1 and values[0] in known
        ):  # as nearly every answer is: 13 µs of ten, not 23
            place = known[values[0]]
            return (place,) if question.kind == "several" else place
        chosen = [value for value in values if value not in ("", SKIP, KNOWN_NOT)]
        if any(value not in known for value in chosen):
            given.errors[question.name] = NOT_OFFERED
            return SKIPPED
        places = tuple(sorted({known[value] for value in chosen}))
        most = question.most if question.kind == "several" else 1
        if len(places) > most:
            given.errors[question.name] = _l(
                "最多选 %(most)s 个，现在选了 %(count)s 个", most=most, count=len(places)
            )
            return SKIPPED
        if not places:
            return DONT_KNOW if KNOWN_NOT in values else SKIPPED
        return places if question.kind == "several" else places[0]

    @staticmethod
    def _words(question: TopicQuestion, values: list[str], given: Given) -> Said:
        text = tidy(values[0]) if values else ""
        if len(text) > LONGEST_WORDS:
            given.errors[question.name] = _l(
                "有点长了：最多 %(most)s 个字，现在有 %(count)s 个",
                most=LONGEST_WORDS,
                count=len(text),
            )
        return Said(text, bool(text) and "y" in given.fields.get(question.quote, []))


@lru_cache(maxsize=512)
def form_of(topic: Topic, band: str) -> OpinionForm:
    """The form of a topic for a band, made at the first call."""
    return OpinionForm(topic, band)


def marks_sent(sent: MultiDict[str, str]) -> frozenset[str]:
    """The marks of texts that she wants to send as they are."""
    return frozenset(mark for value in sent.getlist(SURE)[:20] for mark in value[:2000].split("."))
