"""Certificates: made by the child who may have one, and looked at by whoever holds the paper."""

import hmac
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, update

from participation.accounts.locking import neighbourhood
from participation.accounts.queries.people import names_of_child
from participation.contests.happenings.recognition import CertificateMade
from participation.contests.models import Author, Certificate
from participation.contests.models.outcomes import CERTIFICATE_NAMES
from participation.contests.policies.recognition import may_make_certificate
from participation.contests.queries.recognition import Recognised, Verified, verified
from participation.contests.recognition import bare_name
from participation.kernel import limits
from participation.kernel.announcing import announce
from participation.kernel.clock import now, today
from participation.kernel.codes import new_code, tidy
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import Missing, RuleBroken
from participation.kernel.i18n import _l
from participation.kernel.pseudonyms import fingerprint

MADE_MOST: Final = 10
"""Certificates that a child may have made in an hour."""
NAME_TRIES: Final = 10
"""Names that may be tried for one certificate in a day: fewer than there are in a class."""
ADDRESS_TRIES: Final = 30
"""Codes and names that one address may try in vain in a quarter of an hour."""

NO_SUCH_NAME: Final = _l("选一个：印笔名，还是印你的名字？")
NO_CERTIFICATE: Final = _l("没有这个核对码的证书。看看有没有抄错。")
NO_NAME: Final = _l("把证书上印的名字写在这里。")


@dataclass(frozen=True, slots=True)
class MadeCertificate:
    """What is printed once and not kept: the code and the name."""

    code: str
    name: str


def names_for(who: Any) -> dict[str, str]:
    """The names that she may have printed, by their form; those that she has."""
    names = dict(zip(CERTIFICATE_NAMES, names_of_child(who.person_id), strict=True))
    return {form: name for form, name in names.items() if name}


def make_certificate(who: Any, found: Recognised, name_form: str) -> MadeCertificate:
    """Make a certificate with one of her names; an earlier one of hers ends with it.

    The name is not kept, only a keyed mark by which a typed name is compared. Raises `RuleBroken`
    (field `name_form`) for a form that she does not have.
    """
    may_make_certificate.require(who, found.right, now())
    name = names_for(who).get(name_form)
    if name is None:
        raise RuleBroken(NO_SUCH_NAME, field="name_form")
    mark = fingerprint("certificates", str(who.person_id)).hex()
    limits.allow(f"certificates:{mark}", most=MADE_MOST, seconds=3600)
    author, code = found.own.author, new_code()
    session().scalar(select(Author.id).where(Author.id == author.id).with_for_update())
    session().execute(
        update(Certificate)
        .where(Certificate.author_id == author.id, Certificate.ended_on.is_(None))
        .values(ended_on=today())
    )
    session().add(
        Certificate(
            author_id=author.id,
            code=code,
            name_form=name_form,
            name_mark=name_mark(code, name),
            made_on=today(),
        )
    )
    session().flush()
    announce(CertificateMade(subject=found.own.subject))
    return MadeCertificate(code, name)


def name_mark(code: str, name: str) -> bytes:
    """The 16-byte keyed mark of a printed name, another one on each certificate."""
    return fingerprint("certificate-name", f"{tidy(code)}|{bare_name(name)}")


def find_certificate(code: str, *, address: str) -> Verified:
    """The certificate of a typed code.

    Raises `RuleBroken` (field `code`) for none, and `TooMany` for an address that tried too often.
    """
    starts = _count(address)
    try:
        found = verified(code)
    except Missing as missing:
        raise RuleBroken(NO_CERTIFICATE, field="code") from missing
    limits.give_back(_place(address), starts)
    return found


def bears_name(code: str, name: str, *, address: str) -> bool:
    """Is this the name that was printed on the certificate? No name is told either way.

    Every try is counted before anything is looked up, and given back when it was right. Raises
    `RuleBroken` (field `name`) for an empty one, `TooMany` beyond the tries of a day, and `Missing`
    for a code that no certificate has.
    """
    if not bare_name(name):
        raise RuleBroken(NO_NAME, field="name")
    starts = _count(address)
    paper = f"certificate-name:{fingerprint('certificate', tidy(code)).hex()}"
    with unit_of_work():
        day = limits.allow(paper, most=NAME_TRIES, seconds=86_400)
    found = verified(code)
    right = hmac.compare_digest(found.name_mark, name_mark(found.code, name))
    if right:
        limits.give_back(paper, day)
        limits.give_back(_place(address), starts)
    return right


def _place(address: str) -> str:
    place = neighbourhood(address, narrow=True)
    return f"certificate:{fingerprint('address', place).hex()}"


def _count(address: str) -> int:
    with unit_of_work():
        return limits.allow(_place(address), most=ADDRESS_TRIES, seconds=900)
