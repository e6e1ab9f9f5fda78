"""A matter that hardly anybody answered: its dossier says so on every road, and no exact number."""

import json
from dataclasses import replace
from io import BytesIO
from itertools import product

import pytest
from flask import Flask
from pypdf import PdfReader

from participation import wiring
from participation.deliveries.models import Dossier
from participation.deliveries.queries import dossier_of
from participation.deliveries.reports import people_in
from participation.kernel.database import unit_of_work
from participation.kernel.working import Workshop, work_off
from participation.settings import Settings
from tests.consultations import crowd
from tests.support.browser import Browser
from tests.support.cast import Cast
from tests.support.smtp import Mailbox

LANGUAGES = ("zh-Hans", "en")


@pytest.fixture(params=[0, 1, 3])
def dossier(request: pytest.FixtureRequest, app: Flask, cast: Cast, settings: Settings) -> Dossier:
    """What the worker sealed of a matter with so many answers, its papers made."""
    topic = crowd.frozen(cast, settings, count=request.param)
    with unit_of_work(writes=False):
        found = dossier_of(topic.subject)
    assert found is not None
    return found


def test_the_page(dossier: Dossier, browser: Browser, cast: Cast) -> None:
    assert people_in(dossier.contents) is None
    assert dossier.title.in_locale("zh-Hans") in browser.get(f"/verify/{dossier.digest}").text
    for part, language in product((cast.official, cast.secretary), LANGUAGES):
        desk = browser.as_(part)
        desk.client.set_cookie("language", language)
        page = desk.get(f"/desk/dossiers/{dossier.id}")
        assert "—" in page.words("b")
        for picture in page.all("img"):
            if "/charts/" in (address := picture.get("src", "")):
                desk.get(address)
        assert f"/desk/dossiers/{dossier.id}" in desk.get("/desk/dossiers").links.values()


def test_the_papers(dossier: Dossier, browser: Browser, cast: Cast) -> None:
    desk = browser.as_(cast.official).client
    for language in LANGUAGES:
        desk.set_cookie("language", language)
        made = {
            kind: desk.get(f"/desk/dossiers/{dossier.id}/{kind}") for kind in ("pdf", "csv", "json")
        }
        assert {answer.status_code for answer in made.values()} == {200}
        assert PdfReader(BytesIO(made["pdf"].data)).pages
        assert made["csv"].get_data(as_text=True).startswith("\ufeff")
        assert json.loads(made["json"].data)["n"] is None


def test_the_letter(dossier: Dossier, cast: Cast, settings: Settings) -> None:
    with Mailbox() as mailbox:
        site = replace(settings, smtp_port=mailbox.port)
        work_off(Workshop({}, (), wiring.ENCLOSURES), site)
        found = [one for one in mailbox.messages if cast.official.email in str(one["To"])]
    assert len(found) == 1
    kinds = [part.get_content_type() for part in found[0].iter_attachments()]
    assert kinds == ["application/pdf", "text/csv", "application/json"]
    names = [str(part.get_filename()) for part in found[0].iter_attachments()]
    assert all(len(name) <= 60 and name.startswith(f"{dossier.id}-") for name in names)
