"""Forms at the door: card number and pictures, address and password, links, codes, nickname."""

from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from participation.accounts.cards import CHOSEN, PICTURES
from participation.accounts.passwords import LONGEST
from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l
from participation.kernel.words import tidy

EMPTY = _l("这里还空着")
THREE = _l("要点 3 个图案，不多也不少")


class PicturesForm(Form):
    """The three pictures of a card."""

    pictures = SelectMultipleField(_l("点你的 3 个图案"), choices=list(PICTURES))
    next = HiddenField()

    def validate_pictures(self, field: Any) -> None:
        """Three different ones, in any order."""
        if len(set(field.data or ())) != CHOSEN:
            raise ValidationError(str(THREE))


class CardForm(PicturesForm):
    """The number of a card and its pictures."""

    number = line(_l("写卡号"), most=40)


class StaffForm(Form):
    """A staff person's address and password."""

    email = line(_l("工作邮箱"), most=254)
    password = PasswordField(_l("密码"), validators=[InputRequired(EMPTY), Length(max=LONGEST)])
    next = HiddenField()


class ForgotForm(Form):
    """The address to which a link is sent."""

    email = line(_l("工作邮箱"), most=254)


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(_l("新密码"), validators=[InputRequired(EMPTY), Length(max=LONGEST)])
    again = PasswordField(
        _l("再写一遍"), validators=[EqualTo("password", message=_l("两遍不一样"))]
    )


class CodeForm(Form):
    """A guardian's one-time code."""

    code = line(_l("告知书上的码"), most=60)


class DecisionForm(Form):
    """A guardian's decision; the two answers are buttons of the same size."""

    guardian = BooleanField(
        _l("我是这个孩子的父母或者监护人"), validators=[InputRequired(_l("请先打勾"))]
    )
    decision = StringField(filters=[tidy])

    def validate_decision(self, field: Any) -> None:
        """One of the two buttons."""
        if field.data not in ("agreed", "refused"):
            raise ValidationError(str(_l("请选同意或者不同意")))


class OwnDecisionForm(Form):
    """A child's own decision from 14 on."""

    decision = StringField(filters=[tidy])
    validate_decision = DecisionForm.validate_decision


class NicknameForm(Form):
    """One of the nicknames that are offered for a seed."""

    nickname = StringField(
        _l("挑一个笔名"), filters=[tidy], validators=[InputRequired(_l("先挑一个")), Length(max=24)]
    )
    seed = HiddenField(filters=[lambda text: tidy(text)[:16]])


class PlainForm(Form):
    """A button: nothing but the proof that the page is ours."""


class AnewForm(PlainForm):
    """A button that puts something new in the place of what the page knew."""

    was = HiddenField()


class OnwardForm(PlainForm):
    """A button that leads on to where one was going."""

    next = HiddenField()


class PrintForm(Form):
    """For whom to print."""

    everyone = BooleanField(_l("每个孩子都印"))
