"""What officials and everybody read of one result: nothing of the one gives away the other."""

import json
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from werkzeug.http import generate_etag

from participation.consultations.models import Result
from participation.consultations.topic import Topic
from participation.deliveries.queries import dossier_of
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.settings import Settings
from tests.consultations import crowd
from tests.consultations.stage import published
from tests.figures.attack import hidden_numbers, recovered
from tests.support.browser import Browser, Page
from tests.support.cast import Cast


def frozen(cast: Cast, settings: Settings, older: int) -> Topic:
    """A result of 120 children of the younger bands and so many of the oldest, with quotes."""
    with time_machine.travel(now() - crowd.timedelta(days=40), tick=False):
        topic = published(cast, settings)
        with unit_of_work():
            crowd.answer(replace(topic, bands="ab"), 120, seed=2)
            crowd.answer(replace(topic, bands="c"), older, seed=3)
            crowd.say(topic, "绿灯再长一点。")
            crowd.say(topic, "我骑车来。").band = "c"
            crowd.say(topic, "我喜欢走小路。", minority=True).band = "c"
    crowd.work()
    return topic


def quoted(page: Page) -> list[str]:
    """The quotes of a result page, each with what stands under it."""
    return sorted(page.words("blockquote"))


def sealed_quotes(topic: Topic) -> list[tuple[str, str]]:
    """The quotes of the dossier with what stands under them."""
    with unit_of_work(writes=False):
        dossier = dossier_of(topic.subject)
        assert dossier is not None
        sections = json.loads(dossier.contents)["reports"]["zh"]["sections"]
    blocks = [block for section in sections for block in section["blocks"]]
    items = [item for block in blocks if block["type"] == "quotes" for item in block["items"]]
    return sorted((item["text"], item["by"]) for item in items)


@pytest.mark.parametrize(
    ("older", "in_public", "for_officials"),
    [(4, "", ""), (20, "", "14–17 岁"), (60, "14–17 岁", "14–17 岁")],
)
def test_a_quote_names_a_band_only_where_the_edition_tells_of_it(
    app: Flask,
    cast: Cast,
    settings: Settings,
    browser: Browser,
    older: int,
    in_public: str,
    for_officials: str,
) -> None:
    topic = frozen(cast, settings, older)
    few = " · ".join(filter(None, [in_public, "少数人的看法"]))
    assert quoted(browser.get(f"/topics/{topic.id}/result")) == [
        f"我喜欢走小路。{few}",
        f"我骑车来。{in_public}",
        "绿灯再长一点。10–13 岁",
    ]
    assert sealed_quotes(topic) == [
        ("我喜欢走小路。", for_officials),
        ("我骑车来。", for_officials),
        ("绿灯再长一点。", "10–13 岁"),
    ]


def test_of_a_handful_no_quote_names_a_band(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    with time_machine.travel(now() - crowd.timedelta(days=40), tick=False):
        topic = published(cast, settings)
        with unit_of_work():
            crowd.answer(replace(topic, bands="b"), 9)
            crowd.say(topic, "绿灯再长一点。")
    crowd.work()
    assert quoted(browser.get(f"/topics/{topic.id}/result")) == ["绿灯再长一点。"]
    assert sealed_quotes(topic) == [("绿灯再长一点。", "")]


def test_officials_who_read_open_data_too_work_nothing_out(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    topic = crowd.frozen(cast, settings, count=300)
    public = json.loads(browser.client.get(f"/open-data/{topic.id}.json").data)["figures"]
    with unit_of_work(writes=False):
        official = json.loads(session().get_one(Result, topic.id).for_officials)
    assert list(hidden_numbers(official)) and list(hidden_numbers(public))
    assert recovered(official, public, blanks=True) == []


def test_no_public_fingerprint_is_made_of_more_than_public_bytes(
    app: Flask, cast: Cast, settings: Settings, browser: Browser
) -> None:
    """Whoever knows a hash of hidden numbers can try all that they might be."""
    topic = crowd.frozen(cast, settings, count=60)
    for kind in ("csv", "json"):
        answer = browser.client.get(f"/open-data/{topic.id}.{kind}")
        assert answer.headers["ETag"] == f'"{generate_etag(answer.data)}"'
