"""The secretary's forms: a consultation in sections, with lists that grow by buttons."""

from datetime import datetime
from typing import Any, Final

from wtforms import (
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import NumberRange, Optional, ValidationError

from participation.accounts.models import District, Person, Unit
from participation.consultations.outline import (
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
)
from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _, _l
from participation.kernel.longforms import (
    LongForm,
    Part,
    as_typed,
    both,
    in_city,
    moment_field,
    ticks,
    to_choose,
    two,
)

ICONS: Final = (
    SelectChoice("", _l("没有图")),
    SelectChoice("t-cross", _l("斑马线")),
    SelectChoice("t-light", _l("红绿灯")),
    SelectChoice("t-walk", _l("走路")),
    SelectChoice("t-bike", _l("自行车")),
    SelectChoice("t-bus", _l("公交车")),
    SelectChoice("t-car", _l("汽车")),
    SelectChoice("t-ramp", _l("坡道")),
    SelectChoice("t-lightbulb", _l("路灯")),
    SelectChoice("t-rain", _l("雨")),
    SelectChoice("t-tree", _l("树")),
    SelectChoice("t-bench", _l("长椅")),
    SelectChoice("t-slide", _l("滑梯")),
    SelectChoice("t-bowl", _l("饭碗")),
    SelectChoice("t-book", _l("书")),
)
KINDS: Final = (
    SelectChoice("single", _l("选一个")),
    SelectChoice("several", _l("选几个")),
    SelectChoice("faces", _l("五张脸")),
    SelectChoice("words", _l("写一句")),
)
BANDS: Final = (
    SelectChoice("a", _l("6–9 岁")),
    SelectChoice("b", _l("10–13 岁")),
    SelectChoice("c", _l("14–17 岁")),
)


class OptionPart(Part):
    key = HiddenField()
    label_zh = line(_l("选项"), most=40, needed=False)
    label_en = line(_l("选项（英文）"), most=60, needed=False)
    easy_zh = line(_l("给 6–9 岁的说法（1–4 个字）"), most=8, needed=False)
    easy_en = line(_l("给 6–9 岁的说法（英文）"), most=30, needed=False)
    icon = SelectField(_l("配图"), choices=ICONS, default="")


class QuestionPart(Part):
    kind = SelectField(_l("怎么回答"), choices=KINDS, default="single")
    wording_zh = line(_l("问题"), most=80, needed=False)
    wording_en = line(_l("问题（英文）"), most=160, needed=False)
    easy_zh = line(_l("给 6–9 岁的问法（12 个字以内，空着就不问他们）"), most=24, needed=False)
    easy_en = line(_l("给 6–9 岁的问法（英文）"), most=80, needed=False)
    most = IntegerField(_l("最多选几个"), default=1, validators=[Optional(), NumberRange(1, 12)])
    options = FieldList(FormField(OptionPart), max_entries=40)


class ThemePart(Part):
    title_zh = line(_l("要单位回答的事"), most=80, needed=False)
    title_en = line(_l("要单位回答的事（英文）"), most=160, needed=False)
    option = SelectField(_l("说的是哪个选项"), default="", validate_choice=False)


class _Titled:
    """What has a title, which must be more than blanks."""

    def validate_title_zh(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("这里还空着"))


class StartForm(_Titled, Form):
    """The first step: a title is enough to begin."""

    title_zh = line(_l("标题"), most=40)
    title_en = line(_l("标题（英文）"), most=120, needed=False)
    sign = line(_l("标志字"), most=1, needed=False)


class DraftForm(_Titled, LongForm):
    """All sections of a draft. Shape only: what is missing is named when it is published."""

    version = HiddenField()
    title_zh = line(_l("标题"), most=40)
    title_en = line(_l("标题（英文）"), most=120, needed=False)
    sign = line(_l("标志字"), most=1, needed=False)
    summary_zh = paragraph(_l("先知道的事"), most=600, needed=False)
    summary_en = paragraph(_l("先知道的事（英文）"), most=1500, needed=False)
    decided_zh = paragraph(_l("已经定了的"), most=400, needed=False)
    decided_en = paragraph(_l("已经定了的（英文）"), most=1000, needed=False)
    changeable_zh = paragraph(_l("还能改变的"), most=400, needed=False)
    changeable_en = paragraph(_l("还能改变的（英文）"), most=1000, needed=False)
    bands = ticks(_l("问哪些年龄"), choices=BANDS)
    district_ids = ticks(_l("问哪些区（都不选就是全市）"), coerce=int)
    opens_at = moment_field(_l("开始"))
    closes_at = moment_field(_l("结束"))
    short_reason_zh = line(_l("少于 30 天的理由"), most=200, needed=False)
    short_reason_en = line(_l("少于 30 天的理由（英文）"), most=400, needed=False)
    unit_id = SelectField(_l("由哪个单位回音"), coerce=int)
    official_id = SelectField(_l("由谁来读、由谁回音"), coerce=int)
    answer_due = DateField(_l("哪天以前回音"), validators=[Optional()])
    follow_up_on = DateField(_l("哪天回头看做得怎么样"), validators=[Optional()])
    minutes = IntegerField(_l("大约几分钟"), validators=[Optional(), NumberRange(1, 60)])
    questions = FieldList(FormField(QuestionPart), max_entries=20)
    themes = FieldList(FormField(ThemePart), max_entries=20)

    def offer(
        self,
        districts: list[District],
        units: list[Unit],
        officials: list[Person],
        options: list[tuple[str, str]],
    ) -> None:
        """Fill the lists to choose from; `options` are the saved ones by key."""
        names = {unit.id: str(unit.name) for unit in units}
        people = [
            (one.id, f"{one.legal_name}（{names.get(one.unit_id or 0, '')}）") for one in officials
        ]
        self.district_ids.choices = to_choose((place.id, str(place.name)) for place in districts)
        self.unit_id.choices = to_choose([(0, _("请选")), *names.items()])
        self.official_id.choices = to_choose([(0, _("请选")), *people])
        for theme in self.themes:
            theme.form.option.choices = to_choose([("", _("不对应选项")), *options])

    def outline(self) -> Outline:
        """The draft as it was typed."""
        return Outline(
            title=both(self, "title"),
            sign=self.sign.data or "",
            summary=both(self, "summary"),
            decided=both(self, "decided"),
            changeable=both(self, "changeable"),
            bands="".join(one.value for one in BANDS if one.value in (self.bands.data or ())),
            district_ids=tuple(sorted(self.district_ids.data or ())),
            opens_at=in_city(self.opens_at.data),
            closes_at=in_city(self.closes_at.data),
            short_reason=both(self, "short_reason"),
            unit_id=self.unit_id.data or None,
            official_id=self.official_id.data or None,
            answer_due=self.answer_due.data,
            follow_up_on=self.follow_up_on.data,
            minutes=self.minutes.data or 0,
            questions=tuple(_question(entry.form) for entry in self.questions),
            themes=tuple(_theme(entry.form) for entry in self.themes),
        )


def data_of(outline: Outline, version: int) -> dict[str, Any]:
    """An outline as the data of a `DraftForm`."""
    plain = ("sign", "answer_due", "follow_up_on", "minutes")
    return {
        "version": str(version),
        "bands": list(outline.bands),
        "district_ids": list(outline.district_ids),
        "opens_at": as_typed(outline.opens_at),
        "closes_at": as_typed(outline.closes_at),
        "unit_id": outline.unit_id or 0,
        "official_id": outline.official_id or 0,
        "questions": [_question_data(question) for question in outline.questions],
        "themes": [{**two(theme, "title"), "option": theme.option} for theme in outline.themes],
        **{name: getattr(outline, name) for name in plain},
        **two(outline, "title", "summary", "decided", "changeable", "short_reason"),
    }


def _question_data(question: PlannedQuestion) -> dict[str, Any]:
    options = [
        {"key": option.key, "icon": option.icon, **two(option, "label", "easy")}
        for option in question.options
    ]
    texts = two(question, "wording", "easy")
    return {"kind": question.kind, "most": question.most, "options": options, **texts}


def _question(form: Any) -> PlannedQuestion:
    options = tuple(
        PlannedOption(
            entry.form.key.data or "",
            both(entry.form, "label"),
            both(entry.form, "easy"),
            entry.form.icon.data or "",
        )
        for entry in form.options
    )
    wording, easy = both(form, "wording"), both(form, "easy")
    return PlannedQuestion(form.kind.data, wording, easy, form.most.data or 1, options)


def _theme(form: Any) -> PlannedTheme:
    return PlannedTheme(both(form, "title"), form.option.data or "")


class ExtendForm(Form):
    """A later close for a published consultation."""

    closes_at = moment_field(_l("新的结束时间"))

    def moment(self) -> datetime | None:
        """The moment chosen, in the city's time."""
        return in_city(self.closes_at.data)
