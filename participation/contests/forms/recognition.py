"""What is chosen for a certificate, and what is typed to verify one."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField

from participation.kernel.forms import Form, line
from participation.kernel.i18n import _l


class CertificateForm(Form):
    """Which of her names is printed; nothing is chosen beforehand."""

    name_form = RadioField(_l("证书上印哪个名字？"), validate_choice=False)

    def offer(self, names: dict[str, str]) -> None:
        """The names that she has, by their form."""
        self.name_form.choices = list(names.items())


class CertificateCodeForm(Form):
    """The code on a certificate."""

    code = line(_l("证书上的核对码"), most=40)


class CertificateNameForm(Form):
    """The name on a certificate."""

    name = line(_l("证书上的名字"), most=60)


class AdoptedForm(Form):
    """Which of the selected works the city adopts."""

    code = RadioField(_l("城市采用哪一件？"), validate_choice=False)

    def offer(self, works: Iterable[Any]) -> None:
        """The works that may be named, by their code."""
        self.code.choices = [(one.code, f"{one.code} {one.title}") for one in works]
