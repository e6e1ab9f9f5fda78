"""Long forms of the staff: texts in two languages, lists that grow by buttons, moments of the city.

Shape only, as every form: what is missing is named by the action.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from wtforms import DateTimeLocalField, FieldList, SelectChoice, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from participation.kernel.clock import CITY_ZONE
from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.forms import Form
from participation.kernel.tables import Words

MOMENT: Final = "%Y-%m-%dT%H:%M"


class Part(PlainForm):
    """A part of a list inside a form: the outer form has the token."""

    class Meta(Form.Meta):
        csrf = False


class LongForm(Form):
    """A form with lists of parts: a refusal finds its field inside them too."""

    def take(self, refusal: RuleBroken | RulesBroken) -> None:
        """Put each sentence on its field, also inside the lists."""
        for broken in refusal.broken if isinstance(refusal, RulesBroken) else [refusal]:
            field = _find(self, broken.field.split("-"))
            if field is None:
                self.form_errors.append(str(broken.sentence))
            elif isinstance(field, FieldList):
                self.list_errors.setdefault(field.id, []).append(str(broken.sentence))
            else:
                field.errors = (*field.errors, str(broken.sentence))

    @property
    def list_errors(self) -> dict[str, list[str]]:
        """The sentences about whole lists, by the id of the list."""
        return self.__dict__.setdefault("_list_errors", {})  # type: ignore[no-any-return]

    def found(self) -> list[dict[str, str]]:
        """Every error as `{href, text}`, in the order of the page."""
        return list(_errors_in(self, self.list_errors))


def both(form: Any, name: str) -> Words:
    """The Chinese and English fields of a text as one text in two languages."""
    texts = {"zh": form[f"{name}_zh"].data, "en": form[f"{name}_en"].data}
    return Words({key: text for key, text in texts.items() if text})


def two(thing: Any, *names: str) -> dict[str, str]:
    """Texts in two languages as the data of their fields."""
    return {
        f"{name}_{tongue}": getattr(thing, name).get(tongue, "")
        for name in names
        for tongue in ("zh", "en")
    }


def moment_field(label: Any) -> DateTimeLocalField:
    """A field for a moment, in the city's time."""
    return DateTimeLocalField(label, format=MOMENT, validators=[Optional()])


def as_typed(moment: datetime | None) -> datetime | None:
    """A moment as a field for moments shows it."""
    return moment.astimezone(CITY_ZONE).replace(tzinfo=None) if moment else None


def in_city(moment: datetime | None) -> datetime | None:
    """What was typed into a field for moments, as a moment of the city."""
    return moment.replace(tzinfo=CITY_ZONE) if moment else None


def ticks(label: Any, **more: Any) -> SelectMultipleField:
    """Several of a list, as boxes to tick."""
    return SelectMultipleField(
        label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **more
    )


def to_choose(pairs: Iterable[tuple[int | str, str]]) -> list[SelectChoice]:
    """Values and their words as the choices of a field."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def _find(form: Any, path: list[str]) -> Any:
    """The field that a name such as `questions-0-options` leads to; None where there is none."""
    found = form._fields.get(path[0])
    if found is None or len(path) == 1:
        return found
    place = int(path[1]) if path[1].isdecimal() else -1
    if not isinstance(found, FieldList) or not 0 <= place < len(found):
        return None
    return _find(found[place].form, path[2:]) if len(path) > 2 else found[place]


def _errors_in(form: Any, lists: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    for field in form:
        if isinstance(field, FieldList):
            for text in lists.get(field.id, []):
                yield {"href": f"#{field.id}", "text": text}
            for entry in field:
                yield from _errors_in(entry.form, lists)
        else:
            group = isinstance(field, SelectMultipleField)
            for text in field.errors:
                yield {"href": f"#{field.id}-0" if group else f"#{field.id}", "text": str(text)}
