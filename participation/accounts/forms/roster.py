"""Shapes of an import: the file, and the yes to what the dry run showed."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectMultipleField

from participation.kernel.forms import Form
from participation.kernel.i18n import _l
from participation.kernel.paging import read_number


class RosterForm(Form):
    """A roster file."""

    file = FileField(_l("名单文件（CSV）"), validators=[FileRequired(_l("请选一个文件"))])
    whole = BooleanField(_l("这份名单是全校的"))


class ImportForm(Form):
    """The yes to a plan; `digest` names the plan that was shown."""

    digest = HiddenField()
    leaving = SelectMultipleField(
        _l("名单里没有的学生"), coerce=read_number, choices=[], validate_choice=False
    )
    despite = BooleanField(_l("收不了的那几行先放着，只收能收的"))
