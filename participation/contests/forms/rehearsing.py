"""The forms of a rehearsal: its dates, and a colleague to be let in."""

from typing import Any, Final

from wtforms import DateField, SelectField
from wtforms.validators import Optional

from participation.accounts.models import Person
from participation.contests.actions.rehearsing import Dates
from participation.kernel.forms import Form
from participation.kernel.i18n import _, _l
from participation.kernel.longforms import as_typed, in_city, moment_field, to_choose

MOMENTS: Final = ("opens_at", "closes_at", "choice_opens_at", "choice_closes_at")
DAYS: Final = ("notice_from", "notice_until", "shows_until")


class RehearsalForm(Form):
    """Every date of a rehearsal."""

    opens_at = moment_field(_l("开始"))
    closes_at = moment_field(_l("结束"))
    choice_opens_at = moment_field(_l("投票开始"))
    choice_closes_at = moment_field(_l("投票结束"))
    notice_from = DateField(_l("从哪天公示"), validators=[Optional()])
    notice_until = DateField(_l("公示到哪天"), validators=[Optional()])
    shows_until = DateField(_l("名单挂到哪天"), validators=[Optional()])

    def dates(self) -> Dates:
        """The dates as they were typed."""
        typed: dict[str, Any] = {name: self[name].data for name in DAYS}
        return Dates(**typed, **{name: in_city(self[name].data) for name in MOMENTS})


def dates_of(row: Any) -> dict[str, Any]:
    """A rehearsal as the data of a `RehearsalForm`."""
    moments = {name: as_typed(getattr(row, name)) for name in MOMENTS}
    return moments | {name: getattr(row, name) for name in DAYS}


class GuestForm(Form):
    """A colleague to be let into a rehearsal."""

    person_id = SelectField(_l("请哪位同事来看"), coerce=int)

    def offer(self, colleagues: list[Person]) -> None:
        """Fill the list to choose from."""
        pairs = [(one.id, one.legal_name) for one in colleagues]
        self.person_id.choices = to_choose([(0, _("请选")), *pairs])
