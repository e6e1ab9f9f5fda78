"""The base of every form: CSRF, messages in the reader's language, tidy text fields."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.i18n import get_translations
from wtforms.validators import InputRequired, Length

from participation.kernel.errors import RuleBroken, RulesBroken
from participation.kernel.i18n import _l, current_locale
from participation.kernel.words import tidy


class Form(FlaskForm):
    """Every form of the house; shape only, rules stand in the actions."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Any:
            return get_translations(["zh"]) if current_locale() == "zh-Hans" else None

    def take(self, refusal: RuleBroken | RulesBroken) -> None:
        """Put a refusal's sentence on the field that it names, else on the form."""
        for broken in refusal.broken if isinstance(refusal, RulesBroken) else [refusal]:
            field: Field | None = self._fields.get(broken.field)
            if field is None:
                self.form_errors.append(str(broken.sentence))
            else:
                field.errors = (*field.errors, str(broken.sentence))


def line(label: Any, *, most: int, needed: bool = True, hint: Any = "", **more: Any) -> StringField:
    """A field of one line, tidied, of at most `most` characters."""
    return StringField(
        label, filters=[tidy], validators=_text_rules(most, needed), description=hint, **more
    )


def paragraph(
    label: Any, *, most: int, needed: bool = True, hint: Any = "", **more: Any
) -> TextAreaField:
    """A field of several lines, tidied, of at most `most` characters."""
    return TextAreaField(
        label, filters=[tidy], validators=_text_rules(most, needed), description=hint, **more
    )


def _text_rules(most: int, needed: bool) -> list[Any]:
    rules: list[Any] = [Length(max=most, message=_l("太长了，最多 %(most)s 个字", most=most))]
    return [InputRequired(message=_l("这里还空着")), *rules] if needed else rules
