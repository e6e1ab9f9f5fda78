"""Sending, sealing, answering and reminding, on both databases."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import func, select

from participation.accounts.models import Person
from participation.audit.models import Entry
from participation.deliveries import actions, papers, queries
from participation.deliveries.models import Dossier, Paper, PointAnswer, Reply
from participation.deliveries.sealing import digest_of
from participation.kernel.database import session, unit_of_work
from participation.kernel.errors import NotAllowed, RuleBroken, RulesBroken
from participation.kernel.jobs import Job, run_one
from participation.kernel.subjects import Subject
from participation.wiring import HANDLERS
from tests.deliveries import sample
from tests.support.cast import Cast

SUBJECT = Subject("consultation", "7")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-06-18T02:00:00Z", tick=True) as traveller:
        yield traveller


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    with unit_of_work():
        return sample.send(cast)


class Who:
    """As much of an identity as deliveries ask for."""

    def __init__(self, person: Person) -> None:
        self.person_id, self.role, self.unit_id = person.id, person.role, person.unit_id or 0


def told(what: str) -> list[dict[str, object]]:
    """The facts of each audit entry of this kind."""
    with unit_of_work() as opened:
        found = opened.scalars(select(Entry.facts).where(Entry.what == what).order_by(Entry.id))
        return [json.loads(facts) for facts in found]


def point_ids(dossier: Dossier) -> list[int]:
    found = queries.dossier_of(Subject(dossier.subject_kind, dossier.subject_id))
    assert found is not None
    return [point.id for point in found.points]


def answer(cast: Cast, dossier: Dossier, **changes: str) -> Reply:
    with unit_of_work():
        text = sample.full_reply(dossier, point_ids(dossier), **changes)
        return actions.give_reply(Who(cast.official), dossier, text)


class TestSending:
    def test_seals_what_was_sent_and_says_so(self, cast: Cast, dossier: Dossier) -> None:
        sealed = json.loads(dossier.contents)
        assert sealed == sample.contents(SUBJECT) | {
            "points": [{"key": key, "title": dict(title)} for key, title in sample.POINTS]
        }
        assert digest_of(dossier.contents) == dossier.digest
        (facts,) = told("DossierSent")
        assert facts["official_id"] == cast.official.id and facts["due_on"] == "2026-07-10"

    def test_once_for_each_subject(self, cast: Cast, dossier: Dossier) -> None:
        with unit_of_work():
            again = sample.send(cast, due_on=date(2026, 8, 1))
            assert (again.id, again.due_on) == (dossier.id, sample.WHEN)
        assert len(told("DossierSent")) == 1

    def test_without_a_day_in_sixty_days(self, cast: Cast) -> None:
        with unit_of_work():
            assert sample.send(cast, due_on=None).due_on == date(2026, 8, 17)

    def test_needs_something_to_answer(self, cast: Cast) -> None:
        with pytest.raises(ValueError, match="point"), unit_of_work():
            actions.send_dossier(
                SUBJECT, title=sample.TITLE, contents={}, points=(), unit_id=1, official_id=1
            )

    @pytest.mark.parametrize("name", ["contents", "digest", "unit_id", "subject_id"])
    def test_nothing_sealed_is_ever_changed(self, dossier: Dossier, name: str) -> None:
        with pytest.raises(RuntimeError, match="sealed"), unit_of_work() as opened:
            setattr(opened.get_one(Dossier, dossier.id), name, "9")
        with unit_of_work() as opened:
            assert opened.get_one(Dossier, dossier.id).contents == dossier.contents

    def test_two_at_once_are_one(self, cast: Cast) -> None:
        ids: list[int] = []

        def send() -> None:
            with unit_of_work():
                ids.append(sample.send(cast).id)

        both = [threading.Thread(target=send) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join(20)
        assert len(ids) == 2 and len(set(ids)) == 1
        assert len(told("DossierSent")) == 1


class TestPapers:
    def test_the_job_makes_them_once(self, dossier: Dossier) -> None:
        while run_one(HANDLERS):
            pass
        with unit_of_work() as opened:
            kept = {(paper.kind, paper.locale): paper for paper in opened.scalars(select(Paper))}
            assert opened.scalar(select(func.count()).where(Job.state != "done")) == 0
        assert set(kept) == {("pdf", "zh-Hans"), ("pdf", "en"), ("csv", "any"), ("json", "any")}
        assert all(digest_of(paper.content) == paper.digest for paper in kept.values())
        assert kept["json", "any"].digest == dossier.digest
        with unit_of_work():
            again = papers.set_papers(dossier)
        assert {(made.kind, made.locale): made.content for made in again} == {
            key: paper.content for key, paper in kept.items()
        }

    @pytest.mark.parametrize(
        ("locale", "words"),
        [
            ("zh-Hans", ["上学路上，安全又好走吗？", "绿灯只有15秒", "怎样回答", "内容指纹"]),
            ("en", ["Is the way to school safe?", "Traffic lights"]),
        ],
    )
    def test_the_pdf_says_it_all(self, dossier: Dossier, locale: str, words: list[str]) -> None:
        with unit_of_work():
            pdf = next(each for each in papers.set_papers(dossier) if each.locale == locale)
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
        plain = re.sub(r"\s", "", text)
        for each in words:
            assert re.sub(r"\s", "", each) in plain
        assert dossier.digest in plain
        assert f"/desk/dossiers/{dossier.id}" in plain

    def test_a_letter_fetches_them_even_before_the_job(self, dossier: Dossier) -> None:
        with unit_of_work(writes=False):
            pdf = papers.fetch_paper("pdf")(f"{dossier.id}@zh-Hans")
            csv = papers.fetch_paper("csv")(str(dossier.id))
        assert pdf.name == f"{dossier.id}-上学路上-安全又好走吗.pdf"
        assert pdf.content.startswith(b"%PDF")
        assert csv.media_type == f'text/csv; name="dossier-{dossier.id}.csv"'
        assert "'=1+1" in csv.content.decode()
        with unit_of_work() as opened:
            assert opened.scalar(select(func.count()).select_from(Paper)) == 4

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("../../x", "7-x.csv"),
            ('a/b:c*"<>|?', "7-a-b-c.csv"),
            ("...", "dossier-7.csv"),
            ("（只有括号）", "dossier-7.csv"),
            ("好", "7-好.csv"),
            ("上学路上（2,917 份回答，6 月 1 日至 7 月 2 日）", "7-上学路上.csv"),
            ("Is it safe? (2,917 answers)", "7-Is-it-safe.csv"),
        ],
    )
    def test_file_names_are_harmless(self, title: str, name: str) -> None:
        assert papers.file_name(7, title, "csv") == name

    def test_file_names_are_short(self) -> None:
        name = papers.file_name(2**31 - 1, "长长的题目 " * 40, "json")
        assert len(name) <= 60
        assert name.startswith("2147483647-长长的题目-") and name.endswith(".json")
        assert "-." not in name


class TestReceipt:
    def test_is_given_by_an_official_of_the_unit(self, cast: Cast, dossier: Dossier) -> None:
        for part in (cast.far_official, cast.secretary, cast.child):
            with pytest.raises(NotAllowed), unit_of_work():
                actions.acknowledge(Who(part), dossier)
        with unit_of_work():
            actions.acknowledge(Who(cast.official), dossier)
        with unit_of_work():
            standing = queries.standing_of(SUBJECT)
        assert standing is not None
        assert (standing.state, standing.received_on) == ("received", date(2026, 6, 18))
        with pytest.raises(NotAllowed), unit_of_work():
            actions.acknowledge(Who(cast.official), dossier)
        assert len(told("ReceiptGiven")) == 1


class TestReply:
    def test_a_draft_keeps_what_is_missing_and_wrong(self, cast: Cast, dossier: Dossier) -> None:
        with unit_of_work():
            text = sample.full_reply(
                dossier, point_ids(dossier), outcome="hack", next_on="开学", reason=""
            )
            actions.save_reply(Who(cast.official), dossier, text)
        with unit_of_work():
            draft = queries.draft_of(dossier.id)
            assert draft is not None
            first = draft.answers[0]
            assert (first.outcome, first.typed_on, first.next_on) == ("", "开学", None)
            assert queries.reply_of(SUBJECT) is None

    def test_is_refused_while_anything_is_missing(self, cast: Cast, dossier: Dossier) -> None:
        with pytest.raises(RulesBroken) as refused:
            answer(cast, dossier, reason="", children_zh="")
        ids = [each.field.partition("-")[2] for each in refused.value.broken]
        assert ids == ["reason", "children_zh"]
        assert told("ReplyGiven") == []

    def test_closes_the_loop(self, cast: Cast, dossier: Dossier) -> None:
        answer(cast, dossier)
        with unit_of_work():
            reply, standing = queries.reply_of(SUBJECT), queries.standing_of(SUBJECT)
            assert reply is not None and standing is not None
            assert [item.point.key for item in reply.answers] == ["lights", "cars"]
            assert reply.answers[0].next_on == date(2026, 8, 25)
            assert str(reply.answers[0].for_children) == "绿灯会变长。你们可以慢慢走。"
            assert (standing.state, standing.overdue, standing.late_days) == ("answered", False, 0)
            assert standing.received_on is not None
        assert [facts["version"] for facts in told("ReplyGiven")] == [1]

    def test_a_correction_is_a_new_version(self, cast: Cast, dossier: Dossier) -> None:
        answer(cast, dossier)
        answer(cast, dossier, outcome="not", next_on="", reason="钱不够。")
        with unit_of_work():
            versions = queries.given_replies(dossier.id)
            outcomes = [[item.outcome for item in reply.answers] for reply in versions]
            assert outcomes == [["not", "adopted"], ["adopted", "adopted"]]
            latest = queries.reply_of(SUBJECT)
            assert latest is not None and latest.version == 2

    def test_what_was_given_is_never_changed(self, cast: Cast, dossier: Dossier) -> None:
        given = answer(cast, dossier)
        with pytest.raises(RuntimeError, match="given"), unit_of_work() as opened:
            opened.get_one(Reply, given.id).version = 9
        with unit_of_work():
            text = sample.full_reply(dossier, point_ids(dossier), reason="新的")
            actions.save_reply(Who(cast.official), dossier, text)
        with unit_of_work() as opened:
            kept = opened.scalars(
                select(PointAnswer.reason).where(PointAnswer.reply_id == given.id)
            )
            assert "新的" not in set(kept)

    def test_only_by_officials_of_the_unit(self, cast: Cast, dossier: Dossier) -> None:
        for part in (cast.far_official, cast.secretary, cast.administrator, cast.stranger):
            for deed in (actions.save_reply, actions.give_reply):
                with pytest.raises(NotAllowed), unit_of_work():
                    text = sample.full_reply(dossier, point_ids(dossier))
                    deed(Who(part), dossier, text)

    def test_points_of_another_dossier_are_left_alone(self, cast: Cast, dossier: Dossier) -> None:
        with unit_of_work():
            other = sample.send(cast, 8)
            text = sample.full_reply(other, point_ids(other))
            actions.save_reply(Who(cast.official), dossier, text)
        with unit_of_work():
            draft = queries.draft_of(dossier.id)
            assert draft is not None and draft.answers == []

    def test_a_colleagues_draft_is_seen_first(self, cast: Cast, dossier: Dossier) -> None:
        who = Who(cast.official)
        with unit_of_work():
            text = sample.full_reply(dossier, point_ids(dossier))
            first = actions.save_reply(who, dossier, text, seen="")
            mark = queries.seen_mark(first)
        with pytest.raises(RuleBroken), unit_of_work():
            actions.save_reply(who, dossier, text, seen="")
        with unit_of_work():
            actions.save_reply(who, dossier, text, seen=mark)

    def test_two_officials_at_once_take_turns(self, cast: Cast, dossier: Dossier) -> None:
        versions: list[int] = []

        def reply(reason: str) -> None:
            versions.append(answer(cast, dossier, reason=reason).version)

        both = [threading.Thread(target=reply, args=(reason,)) for reason in "甲乙"]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join(20)
        assert sorted(versions) == [1, 2]
        assert len(told("ReceiptGiven")) == 1


class TestOverdue:
    def remind(self) -> None:
        with unit_of_work():
            actions.remind_overdue()

    def test_is_told_once_in_seven_days_until_the_reply_comes(
        self, cast: Cast, dossier: Dossier, clock: time_machine.Traveller
    ) -> None:
        counts = []
        for day in (10, 11, 12, 17, 18, 19, 25):
            clock.move_to(f"2026-07-{day}T02:00:00Z")
            self.remind()
            self.remind()
            counts.append(len(told("ReplyOverdue")))
        assert counts == [0, 1, 1, 1, 2, 2, 3]
        with unit_of_work():
            standing = queries.standing_of(SUBJECT)
            assert standing is not None and standing.overdue
        answer(cast, dossier)
        clock.move_to("2026-08-20T02:00:00Z")
        self.remind()
        assert len(told("ReplyOverdue")) == 3
        with unit_of_work():
            standing = queries.standing_of(SUBJECT)
            assert standing is not None and not standing.overdue
            assert (standing.state, standing.late_days) == ("answered", 15)

    def test_waits_for_the_next_working_day(
        self, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        with unit_of_work():
            sample.send(cast, due_on=date(2026, 7, 11))
        for day, count in ((12, 0), (13, 0), (14, 1)):
            clock.move_to(f"2026-07-{day}T02:00:00Z")
            self.remind()
            assert len(told("ReplyOverdue")) == count


def test_standings_of_many_cost_one_statement(cast: Cast, statements: list[str]) -> None:
    with unit_of_work():
        for number in range(1, 6):
            sample.send(cast, number)
    with unit_of_work():
        session()
        statements.clear()
        subjects = [Subject("consultation", str(number)) for number in range(1, 9)]
        found = queries.standings_of(subjects)
        asked = [each for each in statements if each.startswith("SELECT")]
    assert set(found) == set(subjects[:5]) and len(asked) == 1
    assert queries_of_nothing() == {}


def queries_of_nothing() -> dict[Subject, queries.Standing]:
    with unit_of_work():
        return queries.standings_of([])
