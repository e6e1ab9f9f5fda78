"""The people of a throw-away city, and their signed-in cookies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from secrets import token_hex
from typing import Any, Final

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert

from participation.accounts.identity import Identity
from participation.accounts.models import (
    Consent,
    District,
    Person,
    School,
    SchoolClass,
    SignIn,
    Unit,
)
from participation.accounts.standing import identity_of
from participation.accounts.visiting import present_mark
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.tables import Words, random_key
from participation.settings import Settings

_RAW_TOKEN: Final = "0" * 40
DISTRICTS: Final = ("湖滨区", "云岭区")


@dataclass(frozen=True, slots=True)
class City:
    """The ids of what stands in the throw-away city."""

    districts: tuple[int, ...]
    class_id: int
    school_id: int
    unit_id: int
    secretary: int
    official: int
    children: tuple[int, ...]


def _kept(thing: Any) -> int:
    session().add(thing)
    session().flush()
    return int(thing.id)


def _staff(role: str, **more: Any) -> int:
    return _kept(
        Person(
            role=role,
            legal_name=role,
            email=f"{role}@city.example",
            vetted_on=today(),
            trained_on=today(),
            joined_at=now(),
            **more,
        )
    )


def _children(count: int, school_id: int, class_id: int) -> tuple[int, ...]:
    """Ten- and eleven-year-olds with consent and a sign-in, written in bulk."""
    born = date(today().year - 11, 1, 1)
    rows = [
        {
            "role": "child",
            "legal_name": f"孩子{number}",
            "nickname": f"小星{number}",
            "gender": "fm"[number % 2],
            "born": born,
            "pupil_number": str(number),
            "school_id": school_id,
            "class_id": class_id,
            "joined_at": now(),
        }
        for number in range(count)
    ]
    made = session().scalars(insert(Person).returning(Person.id), rows).all()
    agreed = {"decision": "agreed", "channel": "paper", "notice_version": 1, "at": now()}
    session().execute(insert(Consent), [{"person_id": one, **agreed} for one in made])
    return tuple(sorted(made))


def settle_city(children: int) -> City:
    """Write districts, a school with its class, a unit, its official, a secretary, children."""
    places = tuple(
        _kept(District(code=f"33090{number}", name=Words(zh=name, en=f"District {number}")))
        for number, name in enumerate(DISTRICTS, start=1)
    )
    school = _kept(
        School(
            district_id=places[0],
            code="HB3X",
            name=Words(zh="湖滨路第三小学", en="Lakeside No. 3 Primary"),
            kind="primary",
        )
    )
    of_school = _kept(SchoolClass(school_id=school, year=today().year, grade=5, number=1))
    unit = _kept(Unit(name=Words(zh="市交通局", en="Transport Bureau")))
    return City(
        districts=places,
        class_id=of_school,
        school_id=school,
        unit_id=unit,
        secretary=_staff("secretary"),
        official=_staff("official", unit_id=unit),
        children=_children(children, school, of_school),
    )


def identities(people: Sequence[int], settings: Settings) -> list[Identity]:
    """Fresh sign-ins of people of one kind: the first is minted by the house, the rest are like
    it but for the person and the sign-in."""
    rows = [
        SignIn(id=random_key(), person_id=one, began_at=now(), ends_at=now() + timedelta(hours=12))
        for one in people
    ]
    session().add_all(rows)
    session().flush()
    first = identity_of(people[0], sign_in=rows[0], mark=present_mark(), settings=settings)
    if first is None:
        raise RuntimeError("the first person has left")
    return [
        replace(first, person_id=row.person_id, sign_in=row.id.hex(), nickname=token_hex(3))
        for row in rows
    ]


def cookie_of(app: Flask, identity: Identity) -> str:
    """The signed session of a visitor as a Cookie header."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the application has no secret key")
    kept = {
        "_fresh": True,
        "_id": "0" * 128,
        "_user_id": identity.get_id(),
        "csrf_token": _RAW_TOKEN,
    }
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(kept)}"


def token_of(app: Flask) -> str:
    """The CSRF token that goes with those sessions."""
    signer = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
    return str(signer.dumps(_RAW_TOKEN))
