"""The shapes of what is written at the help door and on the safeguarding desk."""

from wtforms import BooleanField

from participation.kernel.forms import Form, line, paragraph
from participation.kernel.i18n import _l
from participation.safeguarding.actions import MOST_CONTACT, MOST_NOTE, MOST_TEXT


class HelpForm(Form):
    """A message at the help door; `named` is asked only of those who have signed in."""

    text = paragraph(_l("发生了什么？写一句也行"), most=MOST_TEXT, needed=False)
    contact = line(_l("怎么找到你？（可以不写）"), most=MOST_CONTACT, needed=False)
    named = BooleanField(_l("告诉保护老师我是谁"), default=True)


class ComplaintForm(Form):
    """A complaint or a report."""

    text = paragraph(_l("哪里不对？"), most=MOST_TEXT, needed=False)
    contact = line(_l("怎么告诉你结果？（可以不写）"), most=MOST_CONTACT, needed=False)


class NoteForm(Form):
    """What was done about a concern."""

    note = paragraph(_l("办理记录"), most=MOST_NOTE, needed=False)
