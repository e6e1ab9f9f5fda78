"""Shapes of what is typed about staff and pupils."""

import re
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from participation.accounts.actions.people import StaffFacts
from participation.accounts.roles import STAFF
from participation.accounts.roster.cells import CellError, born, legal_name
from participation.accounts.roster.problems import Problem
from participation.accounts.roster.saying import GENDERS
from participation.kernel.clock import today
from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l
from participation.kernel.words import tidy

ROLE_NAMES = {
    "teacher": _l("老师"),
    "moderator": _l("审核老师"),
    "safeguarding": _l("保护老师"),
    "secretary": _l("秘书处"),
    "official": _l("答复的人"),
    "administrator": _l("管理员"),
    "juror": _l("评委"),
}
LOCALE_NAMES = {"zh-Hans": "简体中文", "en": "English"}
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


class StaffForm(Form):
    """A staff person; what a role needs is asked by the action."""

    legal_name = line(_l("姓名"), most=60)
    email = line(_l("邮箱"), most=254)
    role = SelectField(_l("角色"), choices=[SelectChoice(role, ROLE_NAMES[role]) for role in STAFF])
    school_id = SelectField(_l("学校（老师要选）"), coerce=int)
    unit_id = SelectField(_l("单位（答复的人要选）"), coerce=int)
    vetted_on = DateField(_l("从业记录哪天查的"), validators=[Optional()])
    trained_on = DateField(_l("培训哪天做的"), validators=[Optional()])
    locale = SelectField(
        _l("写信用的语言"), choices=[SelectChoice(*pair) for pair in LOCALE_NAMES.items()]
    )

    def validate_email(self, field: Any) -> None:
        """An address with one @ and a dot after it; the letter shows whether it is right."""
        if not _EMAIL.fullmatch(field.data or "") or not (field.data or "").isascii():
            raise ValidationError(str(_l("这个邮箱看起来不完整")))

    def facts(self) -> StaffFacts:
        """The argument of `invite_staff` and `change_staff`."""
        return StaffFacts(
            legal_name=self.legal_name.data or "",
            email=self.email.data or "",
            role=self.role.data,
            school_id=self.school_id.data,
            unit_id=self.unit_id.data,
            vetted_on=self.vetted_on.data,
            trained_on=self.trained_on.data,
            locale=self.locale.data,
        )


class PupilForm(Form):
    """What may be corrected about a pupil."""

    legal_name = line(_l("姓名"), most=60)
    gender = SelectField(_l("性别"), choices=[SelectChoice(*pair) for pair in GENDERS.items()])
    born = StringField(_l("出生年月"), filters=[tidy], validators=[InputRequired()])
    class_id = SelectField(_l("班级"), coerce=int)

    def validate_born(self, field: Any) -> None:
        """A month as a roster may write it."""
        try:
            born(field.data, today())
        except CellError as wrong:
            raise ValidationError(str(Problem(0, "born", wrong.code, wrong.value))) from wrong

    def values(self) -> dict[str, Any]:
        """The arguments of `change_pupil`."""
        return {
            "legal_name": legal_name(self.legal_name.data or ""),
            "gender": self.gender.data,
            "born": born(self.born.data, today()),
            "class_id": self.class_id.data,
        }
