"""What somebody says against a work that hangs in the gallery."""

from wtforms import RadioField, SelectChoice

from participation.kernel.forms import Form, paragraph
from participation.kernel.i18n import _l
from participation.moderation.actions.reporting import MOST_NOTE
from participation.moderation.reasons import REPORTS


class WorkReportForm(Form):
    """One reason, and a sentence if she likes."""

    reason = RadioField(
        _l("哪里不对？"),
        choices=[SelectChoice(code, label) for code, label in REPORTS.items()],
        validate_choice=False,
    )
    note = paragraph(_l("想多说一句？（可以不写）"), most=MOST_NOTE, needed=False)
