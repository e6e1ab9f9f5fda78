"""What a juror fills in about one work: by the way of the round; nothing is needed to be kept."""

from typing import Any, Final

from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import Optional

from participation.contests.actions.judging import Said
from participation.contests.call import CallCriterion, ShownCall
from participation.contests.jury.ways import STEPS
from participation.contests.models import Judgement
from participation.kernel.forms import Form, paragraph
from participation.kernel.i18n import _l

MOST_NOTE: Final = 300


class JudgementForm(Form):
    """A judgement. The steps of the criteria are read beside it, since each call has its own."""

    version = HiddenField(default="0")
    yes = RadioField(
        _l("你赞成吗？"),
        choices=[SelectChoice("y", _l("赞成")), SelectChoice("n", _l("不赞成"))],
        validators=[Optional()],
    )
    liked = RadioField(_l("你最喜欢它的哪一点？"), validators=[Optional()])
    note = paragraph(_l("给自己记一笔（别人看不到）"), most=MOST_NOTE, needed=False)

    def offer(self, call: ShownCall) -> None:
        """The criteria, to choose what was liked most."""
        self.liked.choices = [SelectChoice(str(one.id), one.praise) for one in call.criteria]

    def said(self, steps: dict[int, int | None]) -> Said:
        """What was filled in."""
        return Said(
            yes={"y": True, "n": False}.get(self.yes.data or ""),
            steps=steps,
            liked=int(self.liked.data) if self.liked.data else None,
            note=self.note.data or "",
        )

    @property
    def seen(self) -> int:
        """The version that she saw; 0 for none."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def data_of_judgement(kept: Judgement | None) -> dict[str, Any]:
    """A judgement as the data of its form."""
    if kept is None:
        return {"version": "0"}
    yes = {True: "y", False: "n"}.get(kept.yes) if kept.yes is not None else None
    liked = str(kept.liked_id) if kept.liked_id else None
    return {"version": str(kept.version), "yes": yes, "liked": liked, "note": kept.note}


def steps_typed(fields: Any, criteria: tuple[CallCriterion, ...]) -> dict[int, int | None]:
    """The step that was chosen of each criterion; None where none was, 0 for what is no step."""
    return {one.id: _step(fields.get(f"step_{one.id}", "")) for one in criteria}


def _step(text: str) -> int | None:
    if not text:
        return None
    return int(text) if text in {str(step) for step in range(1, STEPS + 1)} else 0
