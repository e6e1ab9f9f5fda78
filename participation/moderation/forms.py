"""The shape of a verdict as it comes from the reading desk."""

from typing import Final

from wtforms import BooleanField, HiddenField, IntegerField, SelectChoice, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from participation.kernel.forms import Form, paragraph
from participation.kernel.i18n import _l
from participation.kernel.paging import LARGEST_ID
from participation.kernel.words import tidy
from participation.moderation.actions import MOST_SENTENCE
from participation.moderation.models import Case
from participation.moderation.reasons import REASONS, child_sentence, language_of

EXPLAINED: Final = ("returned", "refused")


class VerdictForm(Form):
    """One form for all buttons; which one was pressed comes as `verdict`."""

    version = IntegerField(
        widget=HiddenInput(), validators=[Optional(), NumberRange(0, LARGEST_ID)]
    )
    reasons = SelectMultipleField(
        _l("原因"), choices=[SelectChoice(reason.code, reason.label) for reason in REASONS]
    )
    sure = BooleanField(_l("标出来的地方我都看过，可以给别人看"))
    sentence_returned = paragraph(_l("请改的时候"), most=MOST_SENTENCE, needed=False)
    sentence_refused = paragraph(_l("不发布的时候"), most=MOST_SENTENCE, needed=False)
    proposed_returned = HiddenField(filters=[tidy])
    proposed_refused = HiddenField(filters=[tidy])
    marks = SelectMultipleField(_l("记号"), choices=[], validate_choice=False)

    def said(self, verdict: str) -> str:
        """The moderator's own words for this verdict.

        Empty where she left what was proposed: the reasons may have changed since.
        """
        if verdict not in EXPLAINED:
            return ""
        said = self._fields[f"sentence_{verdict}"].data or ""
        return "" if said == self._fields[f"proposed_{verdict}"].data else str(said)

    def propose(self, case: Case) -> None:
        """Fill both sentences from the reasons that are ticked; own words stay."""
        locale = language_of(case.text)
        for verdict in EXPLAINED:
            if not self.said(verdict):
                usual = child_sentence(
                    verdict, self.reasons.data or (), band=case.band, locale=locale
                )
                self._fields[f"sentence_{verdict}"].data = usual
                self._fields[f"proposed_{verdict}"].data = usual
