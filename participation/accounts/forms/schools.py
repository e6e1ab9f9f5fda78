"""Shapes of what is typed about schools, classes and units."""

from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from participation.accounts.models import SCHOOL_KINDS
from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l
from participation.kernel.tables import Words

KIND_NAMES = {
    "primary": _l("小学"),
    "junior": _l("初中"),
    "senior": _l("高中"),
    "other": _l("其他"),
    "kindergarten": _l("幼儿园"),
}


class UnitForm(Form):
    """A name in both languages."""

    name_zh = line(_l("名称（中文）"), most=80)
    name_en = line(_l("名称（英文）"), most=120, needed=False)

    @property
    def words(self) -> Words:
        """Both names as one text."""
        return Words(zh=self.name_zh.data, en=self.name_en.data)


class SchoolForm(UnitForm):
    """A school: where, what it is called, of what kind, whom children may turn to."""

    district_id = SelectField(_l("区县"), coerce=int)
    kind = SelectField(
        _l("学段"), choices=[SelectChoice(kind, KIND_NAMES[kind]) for kind in SCHOOL_KINDS]
    )
    named_adult = line(_l("孩子可以找的人"), most=60, needed=False)

    def values(self) -> dict[str, Any]:
        """The arguments of `add_school` and `change_school`."""
        return {
            "district_id": self.district_id.data,
            "name": self.words,
            "kind": self.kind.data,
            "named_adult": self.named_adult.data or "",
        }


class TeachersForm(Form):
    """The teachers who look after a class."""

    teachers = SelectMultipleField(
        _l("带这个班的老师"), coerce=int, widget=ListWidget(), option_widget=CheckboxInput()
    )
