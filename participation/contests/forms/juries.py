"""Forms of a jury's desk: a round with its rule; shape only, what is wrong is named by the deed."""

from typing import Any, Final

from wtforms import DateField, DecimalField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import NumberRange, Optional

from participation.contests.actions.rounds import RoundPlan
from participation.contests.models import Round
from participation.contests.rules import BandRule, Rule
from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _l
from participation.kernel.longforms import both, two

BANDS: Final = ("a", "b", "c")
PANEL_CHOICES: Final = (
    SelectChoice("adult", _l("大人评委")),
    SelectChoice("child", _l("孩子评委")),
)
STAGE_CHOICES: Final = (
    SelectChoice("first", _l("初审")),
    SelectChoice("second", _l("复审")),
    SelectChoice("final", _l("终审")),
)
WAY_CHOICES: Final = (
    SelectChoice("rubric", _l("按标准打分，每条 1 到 5")),
    SelectChoice("yes_no", _l("赞成或不赞成")),
    SelectChoice("ranking", _l("排出先后（每人最多 30 件）")),
)
BASIS_CHOICES: Final = (
    SelectChoice("raw", _l("按原来的分")),
    SelectChoice("adjusted", _l("按调整宽严后的分")),
)
TIE_CHOICES: Final = (
    SelectChoice("all_in", _l("同分的都算")),
    SelectChoice("lot", _l("同分的抽签，种子结束后公布")),
)


def _top() -> IntegerField:
    return IntegerField(_l("前多少件"), validators=[Optional()])


def _least() -> DecimalField:
    return DecimalField(
        _l("至少几分"),
        places=2,
        validators=[Optional(), NumberRange(min=0, max=100, message=_l("写一个 0 到 100 的数"))],
    )


class RoundForm(Form):
    """A round of a panel, with its rule for each band."""

    version = HiddenField(default="0")
    stage = SelectField(_l("第几轮"), choices=STAGE_CHOICES)
    way = SelectField(_l("怎么评"), choices=WAY_CHOICES)
    quorum = IntegerField(_l("每件作品要几份评分"), default=3, validators=[Optional()])
    due_on = DateField(_l("请评委哪天前评完"), validators=[Optional()])
    instructions_zh = paragraph(_l("给评委的说明"), most=2000, needed=False)
    instructions_en = paragraph(_l("给评委的说明（英文）"), most=4000, needed=False)
    top_a, top_b, top_c = _top(), _top(), _top()
    least_a, least_b, least_c = _least(), _least(), _least()
    basis = SelectField(_l("按什么分"), choices=BASIS_CHOICES)
    ties = SelectField(_l("同分怎么办"), choices=TIE_CHOICES)

    def found_on_form(self) -> list[dict[str, str]]:
        """What is said about the whole form, as `{href, text}`."""
        return [{"href": "#main", "text": str(text)} for text in self.form_errors]

    def plan(self, bands: str) -> RoundPlan:
        """What was typed, for the bands of the call."""
        rules = {band: BandRule(self[f"top_{band}"].data, self._least(band)) for band in bands}
        return RoundPlan(
            way=self.way.data,
            quorum=self.quorum.data or 0,
            instructions=both(self, "instructions"),
            due_on=self.due_on.data,
            rule=Rule(rules, self.basis.data, self.ties.data),
        )

    def _least(self, band: str) -> float | None:
        least = self[f"least_{band}"].data
        return None if least is None else float(least)


def data_of_round(row: Round) -> dict[str, Any]:
    """A round as the data of its form."""
    rule = Rule.read(row.rule)
    bands = {f"top_{band}": one.top for band, one in rule.bands.items()}
    leasts = {f"least_{band}": one.least for band, one in rule.bands.items()}
    plain = {name: getattr(row, name) for name in ("stage", "way", "quorum", "due_on", "version")}
    return (
        plain | bands | leasts | {"basis": rule.basis, "ties": rule.ties} | two(row, "instructions")
    )


class FindJurorForm(Form):
    """Looking for a person to be asked; sent by GET, so that a search can be gone back to."""

    class Meta(Form.Meta):
        csrf = False

    panel = SelectField(_l("请谁"), choices=PANEL_CHOICES)
    words = line(_l("名字或邮箱"), most=60, needed=False)
    school_id = SelectField(_l("学校"), coerce=int, default=0)
    nickname = line(_l("昵称"), most=24, needed=False)
    grade = IntegerField(_l("年级"), validators=[Optional(), NumberRange(min=1, max=12)])

    def offer(self, schools: list[tuple[int, str]]) -> None:
        """The schools to choose from."""
        self.school_id.choices = [
            SelectChoice(0, "—"),
            *(SelectChoice(number, label) for number, label in schools),
        ]
