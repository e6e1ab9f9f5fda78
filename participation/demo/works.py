"""Works of the demo's children: drawings that hang, and songs that a jury has heard."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final

from participation import wiring
from participation.accounts.identity import Identity, Nobody
from participation.accounts.models import Person
from participation.contests.actions.entries import WorkFields, begin_work, hand_in, save_work
from participation.contests.actions.judging import Said, judge_work
from participation.contests.actions.licences import decide_licence, print_slip
from participation.contests.actions.notice import put_up_notice
from participation.contests.actions.panels import answer_invitation, invite_juror
from participation.contests.actions.rounds import RoundPlan, close_round, open_round, plan_round
from participation.contests.actions.shortlisting import settle_outcomes
from participation.contests.call import ShownCall
from participation.contests.composing import WorkWords
from participation.contests.queries import call, whole_call
from participation.contests.queries.own import own_work
from participation.contests.queries.packs import whole_pack, work_before
from participation.contests.queries.rounds import round_of
from participation.contests.rules import BandRule, Rule
from participation.demo.city import City
from participation.demo.lyrics import DRAWINGS, SONGS
from participation.demo.people import staff_identity
from participation.demo.reading import moderators
from participation.kernel import jobs
from participation.kernel.clock import at, city_day
from participation.kernel.database import unit_of_work
from participation.kernel.tables import Words
from participation.kernel.working import ring
from participation.media.actions import take_in
from participation.moderation import actions as moderation
from participation.settings import ROOT

ART: Final = ROOT / "participation" / "demo" / "art"
DAY: Final = timedelta(days=1)
LARGEST: Final = 100_000
PANEL: Final = ("qin", "you", "kong")


class _Whatever(Container[str]):
    """She is asked about her words, and sends them as they are."""

    def __contains__(self, _mark: object) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Made:
    """A work for a child to hand in; `theme` is the place of the call's theme, or none."""

    words: WorkWords
    art: str = ""
    theme: int | None = None


def hang_drawings(city: City, call_id: int, moment: datetime) -> None:
    """Seven drawings come in, are read, and hang; two more wait for a moderator."""
    made = [Made(WorkWords(one.title, one.words, one.alt), one.art, one.theme) for one in DRAWINGS]
    with at(moment):
        works = _bring(city.children[2::17], call_id, made)
        _read_all(city, works, _found(call_id))
        _sign_all(works)
    with at(moment + DAY):
        _bring(city.children[5::40], call_id, [made[0], made[4]])


def judge_songs(city: City, call_id: int, moment: datetime) -> None:
    """Six songs come in before the close, three jurors hear them after it, and the outcome is up
    for public notice."""
    made = [Made(WorkWords(one.title, one.words, "", one.text)) for one in SONGS]
    with at(moment - 20 * DAY):
        works = _bring(city.children[9::13], call_id, made)
        _read_all(city, works, _found(call_id))
        _sign_all(works)
    with at(moment - 14 * DAY):
        ring(wiring.TIMERS)
        _work()
    _judge(city, call_id, moment - 10 * DAY)
    secretary = staff_identity(city.staff["feng"])
    with at(moment - 2 * DAY):
        with unit_of_work():
            settle_outcomes(secretary, whole_call(call_id, lock=True))
        _work()
        with unit_of_work():
            put_up_notice(secretary, call_id)


def _found(call_id: int) -> ShownCall:
    with unit_of_work(writes=False):
        return call(call_id)


def _bring(
    children: Sequence[Identity], call_id: int, made: Sequence[Made]
) -> dict[str, tuple[Identity, Made]]:
    """These children hand these works in; who they are by the keys of the works."""
    found, works = _found(call_id), {}
    able = [child for child in children if child.consent and child.band in found.bands]
    for child, work in zip(able, made, strict=False):
        with unit_of_work():
            own = begin_work(child, found)
            if work.art:
                drawn = BytesIO((ART / f"{work.art}.svg").read_bytes())
                kinds = frozenset({"vector"})
                take_in(own.subject, "picture-1", drawn, allowed=kinds, limit=LARGEST)
            uses = tuple(use.id for use in found.uses[:1])
            fields = WorkFields(work.words, ai="none", shown=True, uses=uses)
            own = save_work(child, own, fields)
            hand_in(child, own, sure=_Whatever())
            works[own.key] = (child, work)
    _work()
    return works


def _read_all(city: City, works: dict[str, tuple[Identity, Made]], found: ShownCall) -> None:
    """The moderators read what came, by turns, and let it through with its theme."""
    readers, tries = moderators(city), 0
    left = set(works)
    while left and tries < 20 * len(works):
        who, tries = readers[tries % len(readers)], tries + 1
        with unit_of_work():
            case = moderation.claim_next(who, queue="texts") or moderation.claim_next(who)
            if case is None or case.subject_id not in left:
                continue
            theme = works[case.subject_id][1].theme
            title = found.themes[theme].title["zh"] if theme is not None else ""
            marks = [
                str(one["key"])
                for one in case.choices
                if one.get("needed") or (title and dict(one["label"])["zh"] == title)  # type: ignore[call-overload]
            ]
            moderation.decide(
                who, case.id, version=case.version, verdict="approved", marks=marks, sure=True
            )
            left.discard(case.subject_id)


def _sign_all(works: dict[str, tuple[Identity, Made]]) -> None:
    """The guardians agree, by the slips that their children brought home."""
    for key, (child, _made) in works.items():
        with unit_of_work():
            own = own_work(child, key)
            code = print_slip(child, own, days=14)
            decide_licence(Nobody(), code, "agreed", tuple(own.licence.uses))


def _judge(city: City, call_id: int, moment: datetime) -> None:
    """Three adults hear every song, each as severe as she is, and the round closes."""
    secretary = staff_identity(city.staff["feng"])
    panel = [city.staff[name] for name in PANEL]
    with at(moment):
        with unit_of_work():
            found = whole_call(call_id)
            for person in panel:
                juror = invite_juror(secretary, found, "adult", person.id)
                answer_invitation(staff_identity(person), juror.id, yes=True)
            plan = RoundPlan(
                way="rubric",
                quorum=3,
                instructions=Words(
                    zh="每首先小声读一遍，再出声读一遍。",
                    en="Read each once to yourself, once aloud.",
                ),
                due_on=city_day(moment) + 7 * DAY,
                rule=Rule({band: BandRule(top=1) for band in found.bands}),
            )
            number = plan_round(secretary, found, "adult", "final", plan).id
        with unit_of_work():
            found = whole_call(call_id, lock=True)
            open_round(secretary, found, round_of(call_id, number, lock=True))
        _work()
        for severity, person in enumerate(panel):
            _hear(person, number, severity)
        with unit_of_work():
            found = whole_call(call_id, lock=True)
            close_round(secretary, found, round_of(call_id, number, lock=True))
        _work()


def _hear(person: Person, number: int, severity: int) -> None:
    """One juror judges her whole pack: by how much a song is liked, less her own severity."""
    who = staff_identity(person)
    liked = {song.title: song.liked for song in SONGS}
    with unit_of_work(writes=False):
        seats = [one.id for one in whole_pack(who, number).assignments]
    for seat in seats:
        with unit_of_work():
            before = work_before(who, seat, lock=True)
            best = liked[before.entry.title]
            steps: dict[int, int | None] = {
                one.id: max(1, min(5, best - severity + place % 2))
                for place, one in enumerate(before.call.criteria)
            }
            said = Said(steps=steps, liked=before.call.criteria[best % 3].id)
            judge_work(who, before, said, version=0)


def _work() -> None:
    """What was asked of the worker is done."""
    run: Callable[[Any], bool] = jobs.run_one
    while run(wiring.HANDLERS):
        pass
