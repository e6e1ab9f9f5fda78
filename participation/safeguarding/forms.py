"""The shapes of what is written at the help door and on the safeguarding desk."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import Optional, ValidationError

from participation.accounts.cards import PICTURES
from participation.accounts.models import Person
from participation.kernel.clock import CITY_ZONE
from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _, _l
from participation.kernel.paging import read_number
from participation.safeguarding.actions.identity import MOST_REASON
from participation.safeguarding.actions.reporting import MOST_NUMBER, MOST_REPORT
from participation.safeguarding.actions.working import MOST_ANSWER, MOST_NOTE, MOST_WHY
from participation.safeguarding.actions.writing import MOST_CONTACT, MOST_TEXT
from participation.safeguarding.secretcodes import CHOSEN, LETTERS
from participation.safeguarding.wording import LEVELS, OFFICES, WAYS

MOMENT: Final = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


class OpenForm(Form):
    """A form without a token: whoever has no cookies is heard too (`kernel.web.same_site`)."""

    class Meta(Form.Meta):
        csrf = False


def _chosen(label: Any, options: Iterable[tuple[str, Any]]) -> RadioField:
    """A choice that may stay open; what is unknown counts as not chosen."""
    return RadioField(
        label,
        choices=[SelectChoice(value, words) for value, words in options],
        validators=[Optional()],
        validate_choice=False,
    )


class HelpForm(OpenForm):
    """A message at the help door; `named` is asked only of those who have signed in, and is never
    chosen for them. `once` tells a message that is sent twice from one that is written twice."""

    once = HiddenField()
    text = paragraph(_l("发生了什么？"), most=MOST_TEXT, needed=False)
    whose = _chosen(_l("这是谁的事？"), [("me", _l("我自己的")), ("friend", _l("我朋友的"))])
    answer = _chosen(
        _l("怎么回你？"),
        [
            ("here", _l("在这里回我")),
            ("adult", _l("请我信任的大人来找我")),
            ("none", _l("先不用回，我只是想说")),
        ],
    )
    contact = line(_l("请谁来找你？"), most=MOST_CONTACT, needed=False)
    named = BooleanField(_l("告诉保护老师我是谁"))


class AnswerForm(OpenForm):
    """The small secret by which an answer is read."""

    letters = line(_l("4 个字母或数字"), most=20, needed=False)
    pictures = SelectMultipleField(_l("你的 4 个图案"), choices=list(PICTURES))

    def validate_pictures(self, field: Any) -> None:
        """Four different ones, in any order."""
        if len(set(field.data or ())) != CHOSEN:
            raise ValidationError(_("要点 4 个图案，不多也不少"))

    def validate_letters(self, field: Any) -> None:
        """Four letters or digits."""
        if len(field.data or "") < LETTERS:
            raise ValidationError(_("写上那 4 个字母或数字"))


class ComplaintForm(OpenForm):
    """A complaint or a report; `once` as at the help door."""

    once = HiddenField()
    text = paragraph(_l("哪里不对？"), most=MOST_TEXT, needed=False)
    contact = line(_l("怎么告诉你结果？（可以不写）"), most=MOST_CONTACT, needed=False)


class NoteForm(Form):
    """One more line of the log."""

    note = paragraph(_l("办理记录"), most=MOST_NOTE, needed=False)


class HandOverForm(Form):
    """Why a complaint is one for the officers."""

    why = line(_l("为什么要交给保护老师"), most=MOST_REASON, needed=False)


class LevelForm(Form):
    """Another level."""

    level = SelectField(
        _l("级别"), choices=[SelectChoice(str(key), words) for key, words in LEVELS.items()]
    )


class ChildAnswerForm(Form):
    """An answer in words for a child."""

    answer = paragraph(_l("给孩子的回信"), most=MOST_ANSWER, needed=False)


class ClosingForm(Form):
    """Why a concern may be closed."""

    outcome = SelectField(
        _l("怎样结束"),
        choices=[
            SelectChoice("closed", _l("办完了，可以结束")),
            SelectChoice("released", _l("没有危险，把话还给审核台")),
        ],
    )
    reason = paragraph(_l("为什么可以结束"), most=MOST_NOTE, needed=False)
    no_report = paragraph(_l("没有报告的话，为什么不用"), most=MOST_NOTE, needed=False)
    for_child = paragraph(_l("告诉孩子：做了什么（可以不写）"), most=MOST_ANSWER, needed=False)


class RefusalForm(Form):
    """Why a concern may not be closed yet."""

    refusal = line(_l("不同意的话，为什么"), most=MOST_REASON, needed=False)


class TakeOverForm(Form):
    """Why another officer takes it over; `holder` is whom the page named."""

    reason = line(_l("为什么换你来办"), most=MOST_WHY, needed=False)


class ReopenForm(Form):
    """Why a closed concern is opened again."""

    reopen = paragraph(_l("为什么要重新打开"), most=MOST_NOTE, needed=False)


class NumberForm(Form):
    """The reference number that an office gave later."""

    number = line(_l("回执编号"), most=MOST_NUMBER, needed=False)


class AloneForm(Form):
    """Why nobody can wait for a second officer."""

    alone = paragraph(_l("为什么等不了另一位保护老师"), most=MOST_REASON, needed=False)


class JudgementForm(Form):
    """What a head thinks of a look alone."""

    judgement = paragraph(_l("你的判断"), most=MOST_REASON, needed=False)


class IdentityForm(Form):
    """Why somebody has to know who wrote it."""

    why = paragraph(_l("为什么一定要知道是谁"), most=MOST_REASON, needed=False)


class ReportForm(Form):
    """One report to an office."""

    at = DateTimeLocalField(_l("什么时候报的"), format=MOMENT, validators=[Optional()])
    office = _chosen(_l("报给哪个部门"), OFFICES.items())
    unit = line(_l("单位"), most=120, needed=False)
    person = line(_l("接报的人"), most=60, needed=False)
    way = _chosen(_l("怎么报的"), WAYS.items())
    number = line(_l("回执编号（以后再补也行）"), most=80, needed=False)
    text = paragraph(_l("报了什么"), most=MOST_REPORT, needed=False)


class DutyForm(Form):
    """One duty; the officers are filled in by the view."""

    officer = SelectField(_l("值班"), validate_choice=False)
    stand_in = SelectField(_l("替班（可以没有）"), validate_choice=False)
    begins = DateTimeLocalField(_l("从"), format=MOMENT, validators=[Optional()])
    ends = DateTimeLocalField(_l("到"), format=MOMENT, validators=[Optional()])

    def offer(self, officers: Iterable[Person]) -> "DutyForm":
        """Fill in whom one may choose."""
        people = [SelectChoice(str(each.id), each.legal_name) for each in officers]
        self.officer.choices = people
        self.stand_in.choices = [SelectChoice("", _("没有")), *people]
        return self


def number_of(text: str | None) -> int:
    """The id that was chosen; 0 for none and for anything that can be no id."""
    try:
        return read_number(text or "0")
    except ValueError:
        return 0


def in_city(moment: datetime | None) -> datetime | None:
    """A typed local time as an aware moment of the city."""
    return moment.replace(tzinfo=CITY_ZONE) if moment else None


def local(moment: datetime) -> datetime:
    """An aware moment as the local time of a form."""
    return moment.astimezone(CITY_ZONE).replace(tzinfo=None)
