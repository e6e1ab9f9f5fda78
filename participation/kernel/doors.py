"""Who may knock at a page: every view declares its door, an undeclared view is shut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from participation.kernel.web import error_page, page_before

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """A door: `roles` that may come in; an empty set with `signed_in` lets in anyone known."""

    name: str
    roles: frozenset[str] = frozenset()
    signed_in: bool = True
    sign_in: str = "accounts.enter"

    def opens_to(self, visitor: Any) -> bool:
        """May this visitor come in?"""
        if not self.signed_in:
            return True
        return bool(visitor.is_authenticated) and (not self.roles or visitor.role in self.roles)


anyone = Door("anyone", signed_in=False)
signed_in = Door("signed_in")


def door(to: Door) -> Callable[[View], View]:
    """Declare who may knock at a view."""

    def mark(view: View) -> View:
        view.door = to  # type: ignore[attr-defined]
        return view

    return mark


def takes_up_to(size: int) -> Callable[[View], View]:
    """Let a view take a request of `size` bytes, from whoever may knock at its door.

    For forms with a file: the file's own limit and some room for the form around it.
    """

    def mark(view: View) -> View:
        view.takes_up_to = size  # type: ignore[attr-defined]
        return view

    return mark


def keep_limits(app: Flask) -> None:
    """Set the limit of each request before anything of its body is read.

    Must be asked before the guard of tokens, which reads forms. Whoever may not come in keeps the
    small limit: nobody fills the disk through a door that is shut.
    """
    app.before_request(_set_limit)


def _set_limit() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    size, found = getattr(view, "takes_up_to", 0), getattr(view, "door", None)
    if size and request.method == "POST" and found is not None and found.opens_to(current_user):
        request.max_content_length = size


def keep_doors(app: Flask) -> None:
    """Ask at the door before every request, and show the way in where a form has grown old."""
    app.before_request(_ask_at_the_door)
    app.register_error_handler(CSRFError, _grown_old)


def _grown_old(_problem: CSRFError) -> Response:
    """A form whose visit is over: whoever is not signed in any more comes in first."""
    found = _door_of(request.endpoint) if request.endpoint else None
    if found is not None and found.signed_in and not current_user.is_authenticated:
        return signed_out(found)
    return error_page(400, sentence=None)


def signed_out(from_door: Door) -> Response:
    """The page for who was signed out while writing: the way in, and back to where she wrote."""
    g.come_in = url_for(from_door.sign_in, next=page_before())
    return error_page(403, sentence=None)


def _ask_at_the_door() -> Any:
    endpoint = request.endpoint
    if endpoint is None:
        return None
    found = _door_of(endpoint)
    if found is None:
        abort(403)
    visitor = current_user._get_current_object()
    if found.opens_to(visitor):
        return None
    if visitor.is_authenticated:
        abort(403)
    if request.method not in ("GET", "HEAD"):
        return signed_out(found)
    return redirect(url_for(found.sign_in, next=request.full_path.rstrip("?")))


def _door_of(endpoint: str) -> Door | None:
    return getattr(current_app.view_functions.get(endpoint), "door", None)
