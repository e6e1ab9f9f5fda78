"""The shape of what comes from the reading desk: a verdict, a page of short texts, skills, gold."""

import re
from typing import Final

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
)
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _l
from participation.kernel.paging import LARGEST_ID
from participation.kernel.words import tidy
from participation.moderation.actions import MOST_SENTENCE
from participation.moderation.actions.gold import MOST_TEXT, MOST_WHY
from participation.moderation.actions.reporting import MOST_NOTE
from participation.moderation.models import Case
from participation.moderation.reasons import REASONS, child_sentence, language_of
from participation.moderation.redaction import chosen_again
from participation.moderation.routing import QUEUES

EXPLAINED: Final = ("returned", "refused")
MOST_HIDDEN: Final = 500


def _reason_choices() -> list[SelectChoice]:
    return [SelectChoice(reason.code, reason.label) for reason in REASONS]


class VerdictForm(Form):
    """One form for all buttons; which one was pressed comes as `verdict`."""

    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST_ID)]
    )
    reasons = SelectMultipleField(_l("原因"), choices=_reason_choices())
    sure = BooleanField(_l("标出来的地方我都看过，可以给别人看"))
    hide = SelectMultipleField(_l("遮住"), choices=[], validate_choice=False)
    hide_words = paragraph(_l("还要遮住的字"), most=MOST_HIDDEN, needed=False)
    sentence_returned = paragraph(_l("请改的时候"), most=MOST_SENTENCE, needed=False)
    sentence_refused = paragraph(_l("不发布的时候"), most=MOST_SENTENCE, needed=False)
    sentence_approved = paragraph(_l("改成通过的时候"), most=MOST_SENTENCE, needed=False)
    proposed_returned = HiddenField(filters=[tidy])
    proposed_refused = HiddenField(filters=[tidy])
    marks = SelectMultipleField(_l("记号"), choices=[], validate_choice=False)

    def said(self, verdict: str, kind: str) -> str:
        """The moderator's own words for this verdict on a case of this kind.

        Empty where she left what was proposed: the reasons may have changed since.
        """
        if verdict == "approved":
            return (self.sentence_approved.data or "") if kind == "appeal" else ""
        if verdict not in EXPLAINED:
            return ""
        said = self._fields[f"sentence_{verdict}"].data or ""
        return "" if said == self._fields[f"proposed_{verdict}"].data else str(said)

    def restore(self, case: Case) -> None:
        """Fill in what had been chosen before its verdict was taken back (`Case.draft`)."""
        if not case.draft:
            return
        draft = case.draft
        self.reasons.data, self.marks.data = list(draft["reasons"]), list(draft["marks"])
        self.hide.data, words = chosen_again(case.text, case.hints, draft["places"])
        self.hide_words.data = "\n".join(words)
        self._say_again(case, str(draft["verdict"]), str(draft["sentence"]))

    def _say_again(self, case: Case, verdict: str, sentence: str) -> None:
        """The sentence in its field; what had only been proposed still follows the reasons."""
        if verdict == "approved" and case.kind != "appeal":
            return
        self._fields[f"sentence_{verdict}"].data = sentence
        if verdict in EXPLAINED and sentence == self._usual(case, verdict):
            self._fields[f"proposed_{verdict}"].data = sentence

    def _usual(self, case: Case, verdict: str) -> str:
        return child_sentence(
            verdict,
            self.reasons.data or (),
            band=case.band,
            locale=language_of(case.text),
            kind=case.kind,
        )

    def propose(self, case: Case) -> None:
        """Fill both sentences from the reasons that are ticked; own words stay."""
        for verdict in EXPLAINED:
            if not self.said(verdict, case.kind):
                usual = self._usual(case, verdict)
                self._fields[f"sentence_{verdict}"].data = usual
                self._fields[f"proposed_{verdict}"].data = usual


class DoubtForm(Form):
    """Second thoughts about a text that one let through."""

    doubt = paragraph(_l("为什么拿不准（可以不写）"), most=MOST_NOTE, needed=False)


class BatchForm(Form):
    """Several short texts; each tick comes as `fine-<id>` with the version that was read."""


class SkillForm(Form):
    """What one moderator takes."""

    queues = SelectMultipleField(
        _l("看哪几类"), choices=[SelectChoice(queue.code, queue.label) for queue in QUEUES]
    )
    english = BooleanField(_l("也看英文写的"))
    avoids = line(_l("不看这些学校的"), most=200, needed=False)

    def codes(self) -> list[str]:
        """The codes of schools that were typed, however they were parted."""
        return [code for code in re.split(r"[\s,，、;；]+", self.avoids.data or "") if code]


class GoldForm(Form):
    """A known text with its right verdict."""

    about = line(_l("好像在说哪件事"), most=200)
    band = RadioField(
        _l("多大的孩子"),
        choices=[
            SelectChoice("a", _l("6–9 岁")),
            SelectChoice("b", _l("10–13 岁")),
            SelectChoice("c", _l("14–17 岁")),
        ],
        default="b",
    )
    text = paragraph(_l("编一段话"), most=MOST_TEXT)
    verdict = RadioField(
        _l("应该怎么决定"),
        choices=[
            SelectChoice("approved", _l("通过")),
            SelectChoice("returned", _l("请孩子改一改")),
            SelectChoice("refused", _l("不发布")),
            SelectChoice("escalated", _l("上报保护老师")),
        ],
    )
    reasons = SelectMultipleField(_l("原因"), choices=_reason_choices())
    why = paragraph(_l("为什么（读的人马上能看到）"), most=MOST_WHY)
