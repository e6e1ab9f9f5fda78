"""What the tests of this room play on: a whole outline, a published topic, identities, answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from participation.accounts.identity import Identity
from participation.accounts.models import Person, SignIn
from participation.accounts.standing import identity_of
from participation.accounts.visiting import present_mark
from participation.consultations.actions import change_topic, draft_topic, publish_topic
from participation.consultations.models import Consultation
from participation.consultations.outline import (
    Outline,
    PlannedOption,
    PlannedQuestion,
    PlannedTheme,
)
from participation.consultations.queries import topic
from participation.consultations.queries.drafts import whole_consultation
from participation.consultations.topic import Topic
from participation.kernel.clock import city_day, now
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import Words, random_key
from participation.settings import Settings
from tests.support.cast import Cast

OPTIONS = (
    PlannedOption(
        "light", Words(zh="路口的红绿灯", en="Traffic lights"), Words(zh="红绿灯"), "t-light"
    ),
    PlannedOption("zebra", Words(zh="斑马线", en="Zebra crossings"), Words(), "t-cross"),
    PlannedOption("walk", Words(zh="人行道", en="Pavements"), Words(zh="走的路"), "t-walk"),
)
QUESTIONS = (
    PlannedQuestion(
        "faces",
        Words(zh="上学路上感觉怎么样？", en="How is the way?"),
        Words(zh="上学路上怎么样？"),
    ),
    PlannedQuestion(
        "several",
        Words(zh="最想先改哪里？", en="What first?"),
        Words(zh="先改哪里？"),
        2,
        OPTIONS,
    ),
    PlannedQuestion(
        "single",
        Words(zh="你怎么上学？", en="How do you go?"),
        options=(
            PlannedOption("foot", Words(zh="自己走", en="On foot")),
            PlannedOption("car", Words(zh="坐车", en="By car")),
        ),
    ),
    PlannedQuestion(
        "words", Words(zh="你会怎么做？", en="What would you do?"), Words(zh="你想说什么？")
    ),
)


def outline(cast: Cast, **changes: Any) -> Outline:
    """Everything that a consultation needs, opened an hour ago and open for a month."""
    opens = now() - timedelta(hours=1)
    closes = opens + timedelta(days=31)
    whole = Outline(
        title=Words(zh="上学路上，安全又好走吗？", en="Is the way to school safe?"),
        sign="路",
        summary=Words(zh="全市有 18 万名学生。\n四成自己走路。", en="180,000 pupils."),
        decided=Words(zh="今年改 40 个路口。", en="40 crossings this year."),
        changeable=Words(zh="先改哪些路口。", en="Which come first."),
        bands="abc",
        opens_at=opens,
        closes_at=closes,
        unit_id=cast.unit.id,
        official_id=cast.official.id,
        answer_due=city_day(closes) + timedelta(days=21),
        follow_up_on=city_day(closes) + timedelta(days=120),
        minutes=4,
        questions=QUESTIONS,
        themes=(
            PlannedTheme(Words(zh="延长绿灯", en="Longer green"), "light"),
            PlannedTheme(Words(zh="人行道不许停车", en="No parking")),
        ),
    )
    return replace(whole, **changes)


def who(person: Person, settings: Settings) -> Identity:
    """The identity of a person who signed in just now; in the present unit of work."""
    row = SignIn(
        id=random_key(),
        person_id=person.id,
        began_at=now(),
        ends_at=now() + timedelta(hours=12),
    )
    session().add(row)
    session().flush()
    found = identity_of(person.id, sign_in=row, mark=present_mark(), settings=settings)
    assert found is not None
    return found


def drafted(cast: Cast, settings: Settings, **changes: Any) -> Consultation:
    """A draft with that outline; in the present unit of work."""
    secretary = who(cast.secretary, settings)
    planned = outline(cast, **changes)
    row = whole_consultation(draft_topic(secretary, planned.title).id)
    change_topic(secretary, row, planned, version=row.version)
    return row


def published(cast: Cast, settings: Settings, **changes: Any) -> Topic:
    """A published topic, in a unit of work of its own."""
    with unit_of_work():
        row = drafted(cast, settings, **changes)
        publish_topic(who(cast.secretary, settings), row.id)
        return topic(row.id)
