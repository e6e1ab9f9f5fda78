"""The reply form: a greeting and one small form for each point; it keeps whatever was typed."""

from collections.abc import Sequence
from typing import Any, Final

from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField, TextAreaField

from participation.deliveries.completeness import AnswerText, ReplyText
from participation.deliveries.models import Dossier, Point, PointAnswer, Reply
from participation.deliveries.reading import Reading, reading_of
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.forms import Form
from participation.kernel.i18n import _l
from participation.kernel.words import tidy

DECISIONS: Final = (
    SelectChoice("", _l("请选择")),
    SelectChoice("adopted", _l("已采纳（孩子看到：听你们的）")),
    SelectChoice("partly", _l("部分采纳（孩子看到：做一部分）")),
    SelectChoice("scheduled", _l("列入计划（孩子看到：排进计划了）")),
    SelectChoice("not", _l("未采纳（孩子看到：这次做不到）")),
)


def _line(label: Any) -> StringField:
    return StringField(label, filters=[tidy])


def _text(label: Any) -> TextAreaField:
    return TextAreaField(label, filters=[tidy])


class AnswerForm(Form):
    """What is written for one point; the rules stand in `completeness`."""

    class Meta(Form.Meta):
        csrf = False

    outcome = SelectField(_l("决定"), choices=DECISIONS, validate_choice=False)
    next_on = _line(_l("做到的日子"))
    reason = _text(_l("理由"))
    next_step = _text(_l("下一步；做不到的，换个什么办法"))
    children_zh = _text(_l("写给孩子的话（中文）"))
    children_en = _text(_l("写给孩子的话（英文，可不写）"))


class GreetingForm(Form):
    """The greeting, and which draft the writer had before her."""

    greeting_zh = _text(_l("开头的话（中文，可不写）"))
    greeting_en = _text(_l("开头的话（英文，可不写）"))
    seen = HiddenField()


class Part:
    """One point of the page: what must be answered, its form, how it reads for a child."""

    def __init__(self, point: Point, answer: PointAnswer | None) -> None:
        self.point = point
        self.form = AnswerForm(prefix=f"p{point.id}", data=_typed(answer))

    @property
    def reading(self) -> Reading | None:
        return reading_of(self.form.children_zh.data or "")

    @property
    def is_written(self) -> bool:
        return bool(self.form.outcome.data and self.form.reason.data and self.form.children_zh.data)

    def text(self) -> AnswerText:
        """What was typed."""
        names = ("outcome", "reason", "next_step", "next_on", "children_zh", "children_en")
        typed = {name: self.form[name].data or "" for name in names}
        return AnswerText(point_id=self.point.id, **typed)


class ReplySheet:
    """The whole reply as it stands on the page: from the request, or from a draft."""

    def __init__(self, dossier: Dossier, shown: Reply | None, mark: str) -> None:
        answers = {each.point_id: each for each in shown.answers} if shown else {}
        greeting = shown.greeting if shown else {}
        self.greeting = GreetingForm(
            data={
                "greeting_zh": greeting.get("zh", ""),
                "greeting_en": greeting.get("en", ""),
                "seen": mark,
            }
        )
        self.parts = [Part(point, answers.get(point.id)) for point in dossier.points]
        self.sentences: list[str] = []

    @property
    def written(self) -> int:
        """How many points have a decision, a reason and words for children."""
        return sum(part.is_written for part in self.parts)

    def text(self) -> ReplyText:
        """What was typed."""
        return ReplyText(
            greeting_zh=self.greeting.greeting_zh.data or "",
            greeting_en=self.greeting.greeting_en.data or "",
            answers=[part.text() for part in self.parts],
        )

    def take(self, refusal: RuleBroken | RulesBroken, mark: str) -> None:
        """Put each sentence on the field that it names; from now on the writer has seen `mark`."""
        self.greeting.seen.data = mark
        fields: dict[str, Field] = {field.name: field for form in self._forms() for field in form}
        for broken in refusal.broken if isinstance(refusal, RulesBroken) else [refusal]:
            if field := fields.get(broken.field):
                field.errors = (*field.errors, str(broken.sentence))
            else:
                self.sentences.append(str(broken.sentence))

    @property
    def errors(self) -> list[dict[str, str]]:
        """What the summary at the top lists."""
        return [{"href": "#reply", "text": sentence} for sentence in self.sentences] + [
            {"href": f"#{field.id}", "text": str(sentence)}
            for form in self._forms()
            for field in form
            for sentence in field.errors
        ]

    def _forms(self) -> Sequence[Form]:
        return (*(part.form for part in self.parts), self.greeting)


def _typed(answer: PointAnswer | None) -> dict[str, str]:
    if answer is None:
        return {}
    return {
        "outcome": answer.outcome,
        "next_on": answer.typed_on,
        "reason": answer.reason,
        "next_step": answer.next_step,
        "children_zh": answer.for_children.get("zh", ""),
        "children_en": answer.for_children.get("en", ""),
    }
