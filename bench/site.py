"""A throw-away site of the product: migrated, peopled, with a matter open, ready to be served."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect
from typing import Final
from urllib.parse import urlencode

from flask import Flask

from bench.loading import request
from bench.matter import answers, publish
from bench.people import City, cookie_of, identities, settle_city, token_of
from bench.serving import Server, environment, free_port, served, settings_for
from participation import create_app
from participation.consultations.queries import topic
from participation.consultations.topic import Topic
from participation.kernel.database import database, unit_of_work
from participation.kernel.migrations import upgrade
from participation.settings import Settings

CHILDREN: Final = 6000
LANGUAGES: Final = ("zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Site:
    """The site and its visitors. `forms` are a filled-in form body for each child."""

    file: Path
    city: City
    topic: Topic
    children: Sequence[str]
    official: str
    forms: Sequence[bytes]

    @property
    def answer_path(self) -> str:
        """The page on which a child answers."""
        return f"/topics/{self.topic.id}/give-opinion"

    def pages(self, count: int) -> list[bytes]:
        """Requests for the answer page by different children, by turns in both languages."""
        return [
            request(self.answer_path, cookie=f"{cookie}; language={LANGUAGES[turn % 2]}")
            for turn, cookie in enumerate(self.children[:count])
        ]

    def posts(self, first: int, count: int) -> list[bytes]:
        """A first answer by each of `count` children from `first` on."""
        if first + count > len(self.children):
            raise ValueError("there are not so many children in the city")
        return [
            request(self.answer_path, cookie=self.children[place], body=self.forms[place])
            for place in range(first, first + count)
        ]


def make_site(folder: Path, children: int = CHILDREN) -> Site:
    """Migrate, people the city and publish the matter by the deeds of the house."""
    file = folder / "site.db"
    settings = settings_for(f"sqlite:///{file}", var_dir=folder)
    upgrade(settings.database_url)
    app = create_app(settings)
    with unit_of_work():
        city = settle_city(children)
        (secretary,) = identities([city.secretary], settings)
        number = publish(secretary, city, "路")
        cookies = [cookie_of(app, one) for one in identities(city.children, settings)]
        (official,) = identities([city.official], settings)
    with unit_of_work(writes=False):
        shown = topic(number)
    database().dispose()
    return Site(file, city, shown, cookies, cookie_of(app, official), _forms(app, shown, children))


def _forms(app: Flask, shown: Topic, count: int) -> list[bytes]:
    token = {"csrf_token": token_of(app)}
    return [
        urlencode({**token, **answers(shown, turn)}, doseq=True).encode() for turn in range(count)
    ]


def settings_of(file: Path) -> Settings:
    """Settings that serve this database file on a free port."""
    return settings_for(f"sqlite:///{file}", port=free_port(), var_dir=file.parent)


@contextmanager
def product(site: Site, *, synchronous: str = "FULL", own: str = "") -> Iterator[Server]:
    """Serve the site; with `own` from a copy of its database under that name."""
    file = site.file
    if own:
        file = site.file.with_name(f"{own}.db")
        with closing(connect(site.file)) as origin, closing(connect(file)) as copied:
            origin.backup(copied)
    settings = settings_of(file)
    env = environment(settings, BENCH_SYNCHRONOUS=synchronous)
    with served("bench.product:app", settings, env) as server:
        yield server


@contextmanager
def baseline(name: str, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve one of the baselines."""
    settings = settings_for("sqlite://", port=free_port())
    whole = environment(settings, **(env or {}))
    with served(f"bench.baselines.{name}:app", settings, whole) as server:
        yield server
