"""The people of the demo city: six districts, schools, classes, pupils, staff with passwords."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import insert

from participation.accounts.ages import band_of
from participation.accounts.identity import Identity
from participation.accounts.models import (
    GENDERS,
    Consent,
    District,
    Person,
    School,
    SchoolClass,
    Teaching,
    Unit,
)
from participation.accounts.nicknames import offered
from participation.accounts.passwords import hash_password
from participation.demo.matters import UNITS
from participation.kernel.clock import now, today
from participation.kernel.database import session
from participation.kernel.tables import Words

PASSWORD = "qinglan-demo-2026"  # noqa: S105 - printed by the demo for everyone to use
PUPILS = 24
"""Children in a class."""

DISTRICTS = (
    ("330901", "湖滨区", "Lakeside"),
    ("330902", "云岭区", "Cloud Ridge"),
    ("330903", "北苑区", "North Park"),
    ("330904", "西塘区", "West Pond"),
    ("330905", "古城区", "Old Town"),
    ("330906", "新港区", "New Port"),
)
SCHOOLS = (
    (0, "HB3X", "湖滨路第三小学", "Lakeside No. 3 Primary School", "primary"),
    (0, "HB7M", "湖滨实验中学", "Lakeside Experimental School", "junior"),
    (1, "YL5K", "云岭中心小学", "Cloud Ridge Primary School", "primary"),
    (1, "YLWZ", "云岭中学", "Cloud Ridge School", "junior"),
    (2, "BY2S", "北苑小学", "North Park Primary School", "primary"),
    (2, "BYHG", "北苑高级中学", "North Park High School", "senior"),
    (3, "XT4J", "西塘小学", "West Pond Primary School", "primary"),
    (3, "XTQW", "西塘中学", "West Pond School", "junior"),
    (4, "GC6D", "古城小学", "Old Town Primary School", "primary"),
    (4, "GCHS", "古城高级中学", "Old Town High School", "senior"),
    (5, "XG8R", "新港小学", "New Port Primary School", "primary"),
    (5, "XGCM", "新港中学", "New Port School", "junior"),
)
SHOWN = {"a": 3, "b": 5, "c": 10}
"""The grade of the first class whose login cards the demo prints, by age band."""
GRADES = {"primary": (1, 3, 4, 5), "junior": (7, 8), "senior": (10, 11)}
STAFF = (
    ("teacher", "林老师", "lin"),
    ("moderator", "周敏", "zhou"),
    ("moderator", "吴静", "wu"),
    ("moderator", "钱朗", "qian"),
    ("safeguarding", "郑安", "zheng"),
    ("safeguarding", "许宁", "xu"),
    ("secretary", "冯秘书", "feng"),
    ("official", "陈立", "chen"),
    ("official", "韩梅", "han"),
    ("official", "褚远", "chu"),
    ("administrator", "卫管", "wei"),
    ("juror", "秦画", "qin"),
    ("juror", "尤书", "you"),
    ("juror", "孔歌", "kong"),
)
FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN_NAMES = "一小子雨欣晨安宁乐怡然嘉言思远若明亦可星"


@dataclass
class City:
    """What was made, for the story to use."""

    schools: list[School] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    staff: dict[str, Person] = field(default_factory=dict)
    children: list[Identity] = field(default_factory=list)
    shown: dict[str, SchoolClass] = field(default_factory=dict)


def build_city(chance: random.Random) -> City:
    """Write the city into the present unit of work. The same `chance` makes the same city."""
    city = City()
    districts = [District(code=code, name=Words(zh=zh, en=en)) for code, zh, en in DISTRICTS]
    city.units = [Unit(name=Words(zh=zh, en=en)) for zh, en in UNITS]
    session().add_all([*districts, *city.units])
    session().flush()
    for place, code, zh, en, kind in SCHOOLS:
        school = School(
            district_id=districts[place].id,
            code=code,
            name=Words(zh=zh, en=en),
            kind=kind,
            named_adult="林老师",
        )
        session().add(school)
        session().flush()
        city.schools.append(school)
        for grade in GRADES[kind]:
            _fill_class(city, school, grade, chance)
    for band, grade in SHOWN.items():
        city.shown[band] = next(room for room in city.classes if room.grade == grade)
    _staff(city)
    return city


def _fill_class(city: City, school: School, grade: int, chance: random.Random) -> None:
    """One class of pupils; all but the last two have a guardian's consent on record."""
    room = SchoolClass(school_id=school.id, year=today().year, grade=grade, number=2)
    session().add(room)
    session().flush()
    city.classes.append(room)
    rows = [_pupil(room, place, chance) for place in range(PUPILS)]
    ids = session().scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows)
    for place, (person_id, row) in enumerate(zip(ids.all(), rows, strict=True)):
        consents = place < PUPILS - 2
        age = grade + 6
        if consents:
            session().add(
                Consent(
                    person_id=person_id,
                    decision="agreed",
                    channel="paper" if age < 14 else "self",
                    notice_version=1,
                    at=now(),
                )
            )
            city.children.append(_identity(person_id, row, school, room, band_of(age)))
    session().flush()


def _pupil(room: SchoolClass, place: int, chance: random.Random) -> dict[str, object]:
    name = chance.choice(FAMILY_NAMES) + "".join(chance.sample(GIVEN_NAMES, 2))
    return {
        "role": "child",
        "legal_name": name,
        "nickname": offered(f"{room.id}-{place}", name)[0],
        "gender": chance.choice(GENDERS[:2]),
        "born": date(today().year - room.grade - 6, chance.randint(1, 9), 1),
        "pupil_number": f"{today().year}{room.grade:02}{place + 1:02}",
        "school_id": room.school_id,
        "class_id": room.id,
        "joined_at": now(),
    }


def _identity(
    person_id: int, row: dict[str, object], school: School, room: SchoolClass, band: str
) -> Identity:
    return Identity(
        person_id=person_id,
        role="child",
        sign_in="",
        mark=0,
        until=0,
        nickname=str(row["nickname"]),
        band=band,
        gender=str(row["gender"]),
        district_id=school.district_id,
        school_id=school.id,
        school_kind=school.kind,
        class_id=room.id,
        consent=True,
        of_age=room.grade + 6 >= 14,
    )


def _staff(city: City) -> None:
    """Everybody who works here, with one password that the demo prints."""
    password = hash_password(PASSWORD)
    units = iter(city.units)
    for role, name, key in STAFF:
        person = Person(
            role=role,
            legal_name=name,
            email=f"{key}@qinglan.example",
            password=password,
            school_id=city.schools[0].id if role == "teacher" else None,
            unit_id=next(units).id if role == "official" else None,
            vetted_on=today() - timedelta(days=100),
            trained_on=today() - timedelta(days=100),
            joined_at=now(),
        )
        session().add(person)
        city.staff[key] = person
    session().flush()
    session().add(Teaching(teacher_id=city.staff["lin"].id, class_id=city.shown["a"].id))
    session().flush()
