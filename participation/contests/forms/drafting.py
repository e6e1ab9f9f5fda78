"""The secretary's forms: a call in sections, with lists that grow by buttons."""

from typing import Any, Final

from wtforms import (
    BooleanField,
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
from participation.contests.outline import CallOutline, PlannedCriterion, PlannedPart
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

KINDS: Final = (
    SelectChoice("drawing", _l("画（拍下来或扫描）")),
    SelectChoice("logo", _l("标志（图或 SVG）")),
    SelectChoice("lyrics", _l("歌词（可以录唱）")),
    SelectChoice("free", _l("别的作品")),
)
BANDS: Final = (
    SelectChoice("a", _l("6–9 岁")),
    SelectChoice("b", _l("10–13 岁")),
    SelectChoice("c", _l("14–17 岁")),
)
RANKED: Final = (
    SelectChoice("yes", _l("评选：请评委看，选出一些")),
    SelectChoice("no", _l("只展示：不评、不选、不排，幼儿园也能来")),
)
CHOICES: Final = (
    SelectChoice("none", _l("孩子不投票")),
    SelectChoice("any_school", _l("孩子投票，哪个学校的作品都能选")),
    SelectChoice("other_schools", _l("孩子投票，只能选别的学校的作品")),
    SelectChoice("own_school", _l("孩子投票，只选自己学校的作品")),
)
TEXTS: Final = (
    *("title", "brief", "brief_small", "brief_older", "rules", "prizes", "use_for", "use_where"),
)
MOMENTS: Final = ("opens_at", "closes_at", "choice_opens_at", "choice_closes_at")
DAYS: Final = ("notice_from", "notice_until", "shows_until", "answer_due")
COUNTS: Final = ("entries_most", "authors_most", "pictures_most")


def _up_to(label: Any, least: int, most: int) -> SelectField:
    numbers = [SelectChoice(str(number), str(number)) for number in range(least, most + 1)]
    return SelectField(label, choices=numbers, coerce=int)


def _day(label: Any) -> DateField:
    return DateField(label, validators=[Optional()])


class CriterionPart(Part):
    title_zh = line(_l("看什么"), most=20, needed=False)
    title_en = line(_l("看什么（英文）"), most=60, needed=False)
    praise_zh = line(_l("喜欢时对孩子说"), most=40, needed=False)
    praise_en = line(_l("喜欢时对孩子说（英文）"), most=120, needed=False)
    weight = IntegerField(_l("分量（1–5）"), default=1, validators=[NumberRange(1, 5)])


class TitledPart(Part):
    title_zh = line(_l("名字"), most=40, needed=False)
    title_en = line(_l("名字（英文）"), most=120, needed=False)


class _Titled:
    """What has a title, which must be more than blanks."""

    def validate_title_zh(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("这里还空着"))


class StartCallForm(_Titled, Form):
    """The first step: a kind and a title are enough to begin."""

    kind = SelectField(_l("征集什么"), choices=KINDS, default="drawing")
    title_zh = line(_l("标题"), most=30)
    title_en = line(_l("标题（英文）"), most=90, needed=False)
    sign = line(_l("标志字"), most=1, needed=False)


class CallForm(_Titled, LongForm):
    """All sections of a draft. Shape only: what is missing is named when it is published."""

    version = HiddenField()
    kind = SelectField(_l("征集什么"), choices=KINDS)
    title_zh = line(_l("标题"), most=30)
    title_en = line(_l("标题（英文）"), most=90, needed=False)
    sign = line(_l("标志字"), most=1, needed=False)
    brief_zh = paragraph(_l("请孩子做什么"), most=600, needed=False)
    brief_en = paragraph(_l("请孩子做什么（英文）"), most=1500, needed=False)
    brief_small_zh = paragraph(_l("给 6–9 岁的说法"), most=200, needed=False)
    brief_small_en = paragraph(_l("给 6–9 岁的说法（英文）"), most=500, needed=False)
    brief_older_zh = paragraph(_l("给 14–17 岁的说法（空着就用上面的）"), most=1000, needed=False)
    brief_older_en = paragraph(_l("给 14–17 岁的说法（英文）"), most=2500, needed=False)
    rules_zh = paragraph(_l("有什么要求"), most=600, needed=False)
    rules_en = paragraph(_l("有什么要求（英文）"), most=1500, needed=False)
    bands = ticks(_l("收哪些年龄的作品"), choices=BANDS)
    district_ids = ticks(_l("收哪些区的作品（都不选就是全市）"), coerce=int)
    entries_most = _up_to(_l("一个孩子最多交几件"), 1, 5)
    authors_most = _up_to(_l("一件作品最多几个作者"), 1, 8)
    pictures_most = _up_to(_l("一件作品最多几张图"), 0, 3)
    recording = BooleanField(_l("可以交一段录音"))
    use_for_zh = line(_l("用作品做什么"), most=200, needed=False)
    use_for_en = line(_l("用作品做什么（英文）"), most=500, needed=False)
    use_where_zh = line(_l("在哪里用"), most=200, needed=False)
    use_where_en = line(_l("在哪里用（英文）"), most=500, needed=False)
    years = IntegerField(_l("最多用几年"), default=2, validators=[NumberRange(1, 10)])
    uses = FieldList(FormField(TitledPart), max_entries=12)
    ranked = SelectField(_l("评选，还是只展示"), choices=RANKED)
    criteria = FieldList(FormField(CriterionPart), max_entries=8)
    prizes_zh = paragraph(_l("选中的孩子得到什么"), most=300, needed=False)
    prizes_en = paragraph(_l("选中的孩子得到什么（英文）"), most=800, needed=False)
    choice = SelectField(_l("孩子投票"), choices=CHOICES)
    themes = FieldList(FormField(TitledPart), max_entries=20)
    opens_at = moment_field(_l("开始"))
    closes_at = moment_field(_l("结束"))
    choice_opens_at = moment_field(_l("投票开始"))
    choice_closes_at = moment_field(_l("投票结束"))
    notice_from = _day(_l("从哪天公示"))
    notice_until = _day(_l("公示到哪天"))
    shows_until = _day(_l("名单挂到哪天"))
    unit_id = SelectField(_l("由哪个单位决定怎么用"), coerce=int)
    official_id = SelectField(_l("由谁来定、由谁回音"), coerce=int)
    answer_due = _day(_l("哪天以前回音"))

    def offer(self, districts: list[District], units: list[Unit], officials: list[Person]) -> None:
        """Fill the lists to choose from."""
        names = {unit.id: str(unit.name) for unit in units}
        people = [
            (one.id, f"{one.legal_name}（{names.get(one.unit_id or 0, '')}）") for one in officials
        ]
        self.district_ids.choices = to_choose((place.id, str(place.name)) for place in districts)
        self.unit_id.choices = to_choose([(0, _("请选")), *names.items()])
        self.official_id.choices = to_choose([(0, _("请选")), *people])

    def outline(self) -> CallOutline:
        """The draft as it was typed."""
        plain: dict[str, Any] = {name: self[name].data for name in (*COUNTS, *DAYS)}
        plain |= {name: in_city(self[name].data) for name in MOMENTS}
        plain |= {name: both(self, name) for name in TEXTS}
        return CallOutline(
            **plain,
            kind=self.kind.data,
            sign=self.sign.data or "",
            bands="".join(one.value for one in BANDS if one.value in (self.bands.data or ())),
            district_ids=tuple(sorted(self.district_ids.data or ())),
            recording=bool(self.recording.data),
            years=self.years.data or 1,
            ranked=self.ranked.data == "yes",
            choice=self.choice.data,
            unit_id=self.unit_id.data or None,
            official_id=self.official_id.data or None,
            criteria=tuple(_criterion(entry.form) for entry in self.criteria),
            themes=tuple(PlannedPart(both(entry.form, "title")) for entry in self.themes),
            uses=tuple(PlannedPart(both(entry.form, "title")) for entry in self.uses),
        )


def _criterion(form: Any) -> PlannedCriterion:
    return PlannedCriterion(both(form, "title"), both(form, "praise"), form.weight.data or 1)


def data_of(outline: CallOutline, version: int) -> dict[str, Any]:
    """An outline as the data of a `CallForm`."""
    plain = ("kind", "sign", "recording", "years", "choice", *COUNTS, *DAYS)
    return {
        "version": str(version),
        "bands": list(outline.bands),
        "district_ids": list(outline.district_ids),
        "ranked": "yes" if outline.ranked else "no",
        "unit_id": outline.unit_id or 0,
        "official_id": outline.official_id or 0,
        "criteria": [
            {"weight": one.weight, **two(one, "title", "praise")} for one in outline.criteria
        ],
        "themes": [two(one, "title") for one in outline.themes],
        "uses": [two(one, "title") for one in outline.uses],
        **{name: getattr(outline, name) for name in plain},
        **{name: as_typed(getattr(outline, name)) for name in MOMENTS},
        **two(outline, *TEXTS),
    }


class ExtendCallForm(Form):
    """A later close for a published call."""

    closes_at = moment_field(_l("新的结束时间"))
