"""The reading desk of the demo city: practice with known texts, verdicts by turns, two appeals."""

import random
from datetime import datetime, timedelta
from itertools import cycle
from typing import Final

from participation import wiring
from participation.accounts.identity import Identity
from participation.accounts.models import Person
from participation.consultations.actions.verdicts import appeal_words
from participation.consultations.models import OpenWords
from participation.consultations.queries import topic as topic_of
from participation.consultations.queries.answers import own_in, own_words
from participation.demo.city import City
from participation.demo.matters import BUS, LUNCH, ROAD
from participation.demo.sayings import BY_TEXT, RIGHTLY, TOO_STRICT, Saying
from participation.kernel import jobs
from participation.kernel.clock import at
from participation.kernel.database import unit_of_work
from participation.kernel.working import ring
from participation.moderation import actions as moderation
from participation.moderation.actions.seeding import practise, seed_gold
from participation.moderation.consistency.shares import VERDICTS
from participation.moderation.goldseeds import SEEDS
from participation.moderation.models import Case

DAY: Final = timedelta(days=1)
SEED: Final = 1960
SLIPS: Final = 0.3
"""How often a moderator of this city guesses at a known text instead of reading it well."""
COUNT: Final = "moderation-month"


def moderators(city: City) -> list[Person]:
    """Who reads in this city."""
    return [person for person in city.staff.values() if person.role == "moderator"]


def practise_all(city: City, start: datetime) -> None:
    """Every moderator judges all known texts, two a day, and slips now and then."""
    chance = random.Random(SEED)  # its own, so that the rest of the story stays as it was
    with at(start), unit_of_work():
        seed_gold()
    for day in range(len(SEEDS) // 2):
        with at(start + (day + 1) * DAY), unit_of_work():
            for who in moderators(city):
                _practise(who, chance)
                _practise(who, chance)


def _practise(who: Person, chance: random.Random) -> None:
    case = practise(who)
    if case is None:
        return
    seed = next(seed for seed in SEEDS if seed.text == case.text)
    slips = chance.random() < SLIPS
    verdict = chance.choice(VERDICTS[:3]) if slips else seed.verdict
    reasons = seed.reasons or ("unclear",)
    _decide(who, case, Saying(case.text, verdict, reasons))


def judge_all(city: City) -> None:
    """The moderators read by turns what is waiting; with its theme where the matter names one."""
    known = {
        text: (theme, minority)
        for matter in (LUNCH, BUS, ROAD)
        for text, theme, minority in matter.words
    }
    turns = cycle(moderators(city))
    with unit_of_work():
        while (case := moderation.claim_next(who := next(turns))) is not None:
            theme, minority = known.get(case.text, (0, False))
            offered = [str(choice["key"]) for choice in case.choices]
            themes = [key for key in offered if key.startswith("theme:")]
            marks = themes[theme - 1 : theme] if theme else []
            if minority and "minority" in offered:
                marks.append("minority")
            saying = BY_TEXT.get(case.text, Saying(case.text, "approved"))
            _decide(who, case, saying, tuple(marks))


def _decide(who: Person, case: Case, saying: Saying, marks: tuple[str, ...] = ()) -> None:
    explains = saying.verdict in ("returned", "refused")
    moderation.decide(
        who,
        case.id,
        version=case.version,
        verdict=saying.verdict,
        reasons=saying.reasons if explains else (),
        marks=marks,
        sure=True,
    )


def appeal_twice(city: City, number: int) -> None:
    """Two children ask for another moderator: one was right, the other hears why not."""
    for saying, verdict in ((TOO_STRICT, "approved"), (RIGHTLY, "refused")):
        with unit_of_work():
            child, words = _said(city, number, saying)
            appeal_words(child, topic_of(number), words)
            again = Saying(saying.text, verdict, saying.reasons)
            for who in moderators(city):
                case = moderation.claim_next(who, queue="appeals")
                if case is not None:  # None to whoever judged it the first time
                    _decide(who, case, again)
                    break


def _said(city: City, number: int, saying: Saying) -> tuple[Identity, OpenWords]:
    """The child who wrote this about a matter, and her words."""
    topic = topic_of(number)
    for child in city.children:
        for words in own_in(child, topic).words.values():
            if words.text == saying.text:
                return child, own_words(child, words.id)
    raise LookupError(saying.text)


def count_months(moment: datetime) -> None:
    """The months until this moment are counted, the earlier ones for good."""
    with at(moment):
        ring([timer for timer in wiring.TIMERS if timer.kind == COUNT])
        while jobs.run_one(wiring.HANDLERS):
            pass
