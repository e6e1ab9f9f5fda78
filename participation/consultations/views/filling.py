"""What a child said, as the slots of the answer pages."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from participation.consultations.queries.answers import Fields
from participation.consultations.topic import TopicQuestion
from participation.kernel.i18n import _

CHECKED = Markup(" checked")
DONE = Markup(' class="is-done"')


def slots_of(questions: Iterable[TopicQuestion], fields: Fields) -> Mapping[str, str]:
    """Slots `q7.3` (option 3 is chosen), `q7.text`, `q7.quote`, `q7.done`, `q7.said`, `q7.unknown`,
    `answered`.

    Slots without a value stay empty.
    """
    values: dict[str, str] = {}
    answered = 0
    for question in questions:
        said = [value for value in fields.get(question.name, []) if value]
        if question.slot is None:
            values[f"{question.name}.text"] = said[0] if said else ""
            if fields.get(question.quote):
                values[f"{question.name}.quote"] = CHECKED
        else:
            values.update({f"{question.name}.{value}": CHECKED for value in said})
            if said == ["dk"]:
                values[f"{question.name}.unknown"] = _("你说过“我不知道”。想换，就点一个。")
        if said and said != ["skip"]:
            answered += 1
            values[f"{question.name}.done"] = DONE
            values[f"{question.name}.said"] = _("（答过了）")
    return {**values, "answered": str(answered)}
