"""What a guardian types: the code of a slip, then yes or no, of the same size."""

from typing import Any

from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired

from participation.accounts.consent import WISHES
from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l
from participation.kernel.words import tidy


class LicenceCodeForm(Form):
    """The code on the slip."""

    code = line(_l("纸条上的码"), most=40)


class LicenceForm(Form):
    """The decision; the further uses are read from their ticks (`forms.entries.read_uses`)."""

    guardian = BooleanField(
        _l("我是这个孩子的父母或者监护人"), validators=[InputRequired(_l("请先打勾"))]
    )
    decision = StringField(filters=[tidy])

    def validate_decision(self, field: Any) -> None:
        """One of the two buttons."""
        if field.data not in WISHES:
            raise ValidationError(str(_l("请选同意或者不同意")))


class JoinForm(Form):
    """The short code that a classmate gave."""

    code = line(_l("同学给你的码"), most=20)
