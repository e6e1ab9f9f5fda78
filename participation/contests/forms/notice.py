"""The shapes of a notice, an objection to it, and its answer."""

from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, SelectMultipleField

from participation.accounts.cards import PICTURES
from participation.contests.actions.notice import USUAL_DAYS
from participation.contests.actions.objections import MOST_ANSWER, MOST_TEXT
from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _l


class NoticeForm(Form):
    """For how many working days."""

    days = SelectField(
        _l("公示几个工作日"),
        choices=[SelectChoice(days, str(days)) for days in (5, 7, 10, 15)],
        coerce=int,
    )

    def usual(self) -> "NoticeForm":
        """With the usual length chosen."""
        self.days.data = USUAL_DAYS
        return self


class ObjectionForm(Form):
    """What is wrong; `once` tells a form that is sent twice from one that is written twice."""

    once = HiddenField()
    text = paragraph(_l("哪里不对，为什么？"), most=MOST_TEXT, needed=False)


class ReadAnswerForm(Form):
    """The number of an objection and its small secret."""

    number = line(_l("编号"), most=20)
    pictures = SelectMultipleField(_l("你的 4 个图案"), choices=list(PICTURES))
    letters = line(_l("4 个字母或数字"), most=20)

    @property
    def chosen(self) -> list[str]:
        """The pictures that were tapped."""
        return list(self.pictures.data or ())


class AnswerObjectionForm(Form):
    """What a secretary answers."""

    answer = paragraph(_l("答复，用提的人看得懂的话"), most=MOST_ANSWER, needed=False)
    disqualify = BooleanField(_l("异议成立：取消这件作品的入选。作者会看到这段答复。"))
