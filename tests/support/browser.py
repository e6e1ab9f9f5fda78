"""A client that looks at each page as a person and a checker would."""

from collections import Counter
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from participation.accounts.models import Person, SignIn
from participation.accounts.standing import identity_of
from participation.accounts.visiting import present_mark
from participation.kernel.clock import now
from participation.kernel.database import session, unit_of_work
from participation.kernel.tables import random_key
from participation.settings import Settings

XHTML = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = ("hidden", "submit", "button", "image", "reset")


class Page:
    """An answer, parsed when it is first asked what stands in it: that takes ten milliseconds."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.text = response.get_data(as_text=True)

    @cached_property
    def _parsed(self) -> tuple[Element | None, list[Any]]:
        if self.response.mimetype != "text/html" or not self.text:
            return None, []
        parser = html5lib.HTMLParser(strict=False)
        return parser.parse(self.text), parser.errors

    @property
    def root(self) -> Element | None:
        """The root of the page; None for what is no page."""
        return self._parsed[0]

    @property
    def errors(self) -> list[Any]:
        """What the parser had against it."""
        return self._parsed[1]

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag, in document order."""
        return [] if self.root is None else list(self.root.iter(f"{XHTML}{tag}"))

    def words(self, tag: str) -> list[str]:
        """The visible words of every element of a tag."""
        return [" ".join("".join(found.itertext()).split()) for found in self.all(tag)]

    @property
    def h1(self) -> str:
        return self.words("h1")[0]

    @property
    def links(self) -> dict[str, str]:
        """Link words → target."""
        return {
            " ".join("".join(found.itertext()).split()): found.get("href", "")
            for found in self.all("a")
        }

    def fields(self, action: str = "") -> dict[str, str]:
        """The values of the inputs of the form with this action (or of the whole page)."""
        forms = [form for form in self.all("form") if not action or form.get("action") == action]
        scope = forms[0] if forms else self.root
        values: dict[str, str] = {}
        for found in [] if scope is None else scope.iter(f"{XHTML}input"):
            if found.get("type") in ("checkbox", "radio") and found.get("checked") is None:
                continue
            if found.get("name"):
                values[found.get("name", "")] = found.get("value", "")
        return values


class Browser:
    """Wraps the test client: signs people in, checks each page, fills in the CSRF token."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.client = app.test_client()

    def as_(self, person: Person) -> "Browser":
        """A new browser in which this person is signed in."""
        other = Browser(self.app, self.settings)
        with unit_of_work():
            row = SignIn(
                id=random_key(),
                person_id=person.id,
                began_at=now(),
                ends_at=now() + timedelta(hours=12),
            )
            session().add(row)
            session().flush()
            identity = identity_of(
                person.id, sign_in=row, mark=present_mark(), settings=self.settings
            )
        assert identity is not None
        with other.client.session_transaction() as kept:
            kept["_user_id"] = identity.get_id()
            kept["_fresh"] = True
        return other

    def get(self, address: str, *, status: int = 200, check: bool = True, **more: Any) -> Page:
        """GET a page and check its bones; redirects are followed.

        `check=False` is for a page that the test holds equal to one that was checked.
        """
        page = Page(self.client.get(address, follow_redirects=True, **more))
        assert page.status == status, (
            f"{address}: {page.status} instead of {status}\n{page.text[:600]}"
        )
        if check and page.root is not None:
            check_bones(page, address)
        return page

    def token(self) -> str:
        """A CSRF token of this session, from the sign-in page."""
        with self.client.session_transaction() as kept:
            kept.setdefault("csrf_token", "0" * 40)
            raw = kept["csrf_token"]
        serializer = _serializer(self.app)
        return str(serializer.dumps(raw))

    def post(
        self,
        address: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 200,
        follow: bool = True,
        **more: Any,
    ) -> Page:
        """POST with a CSRF token; redirects are followed unless told otherwise."""
        sent = {"csrf_token": self.token(), **(data or {})}
        page = Page(self.client.post(address, data=sent, follow_redirects=follow, **more))
        assert page.status == status, (
            f"{address}: {page.status} instead of {status}\n{page.text[:800]}"
        )
        if page.root is not None:
            check_bones(page, address)
        return page


def _serializer(app: Flask) -> Any:
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")


def check_bones(page: Page, address: str) -> None:
    """HTML5 without errors, lang, one h1, labelled inputs, unique ids, nothing from outside."""
    assert not page.errors, f"{address}: {page.errors[:3]}"
    assert page.root is not None
    assert page.root.get("lang") in ("zh-Hans", "en"), f"{address}: no lang"
    assert len(page.all("h1")) == 1, f"{address}: {len(page.all('h1'))} h1"
    ids = Counter(found.get("id") for found in page.root.iter() if found.get("id"))
    assert not [name for name, count in ids.items() if count > 1], f"{address}: ids twice"
    _check_inputs(page, address)
    for found in page.root.iter():
        assert found.get("style") is None, f"{address}: inline style"
        source = found.get("src") or ""
        assert not urlsplit(source).netloc, f"{address}: {source} from outside"


def _check_inputs(page: Page, address: str) -> None:
    labelled = {found.get("for") for found in page.all("label")}
    inside = {id(leaf) for label in page.all("label") for leaf in label.iter()}
    for tag in ("input", "select", "textarea"):
        for found in page.all(tag):
            if found.get("type") in UNLABELLED:
                continue
            named = found.get("id") in labelled or id(found) in inside
            named = named or found.get("aria-label") or found.get("aria-labelledby")
            assert named, f"{address}: {found.get('name')} has no label"
