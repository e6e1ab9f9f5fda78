"""The shape of one more word."""

from wtforms import RadioField, SelectChoice

from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l
from participation.moderation.wordlist.models import LISTS, LONGEST_WORD

LIST_NAMES = {
    "forbidden": _l("不该出现的词"),
    "suspect": _l("要留意的词"),
    "allow": _l("放行的词"),
}


class WordForm(Form):
    """A word, its list, and why it is there."""

    word = line(_l("词"), most=LONGEST_WORD)
    name = RadioField(
        _l("放进哪个词表"),
        choices=[SelectChoice(name, LIST_NAMES[name]) for name in LISTS],
        default="suspect",
    )
    note = line(_l("为什么（给同事看）"), most=200, needed=False)
