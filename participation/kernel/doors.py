"""Who may knock at a page: every view declares its door, an undeclared view is shut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from participation.kernel.web import page_before

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


def keep_doors(app: Flask) -> None:
    """Ask at the door before every request."""
    app.before_request(_ask_at_the_door)


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
        # Signed out by time while writing: the way back in, and to the page she wrote on.
        g.come_in = url_for(found.sign_in, next=page_before())
        abort(403)
    return redirect(url_for(found.sign_in, next=request.full_path.rstrip("?")))


def _door_of(endpoint: str) -> Door | None:
    return getattr(current_app.view_functions.get(endpoint), "door", None)
