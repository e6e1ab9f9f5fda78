"""The tabs of the work desk: what each role works on, and how much of it waits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for

from participation.accounts import roles
from participation.deliveries.queries import waiting_count as waiting_dossiers
from participation.kernel.i18n import LazyWords, _l
from participation.moderation.queries import scope_of, waiting_counts
from participation.safeguarding.queries import waiting_count as waiting_concerns

EVERYONE: Final = frozenset(roles.STAFF)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: where it leads, who has it, and the count that stands on it."""

    label: LazyWords
    endpoint: str
    path: str
    roles: frozenset[str]
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, slots=True)
class ShownTab:
    """A tab as the layout shows it to one person."""

    label: str
    href: str
    current: bool
    count: int | None


def _cases_for(who: Any) -> int:
    """What this moderator may take: nothing before her vetting and training are in date."""
    scope = scope_of(who.person_id, who.school_id) if who.vetted else None
    return waiting_counts(scope).mine if scope else 0


TABS: Final = (
    Tab(_l("工作台"), "front.desk", "/desk", EVERYONE),
    Tab(
        _l("审核台"),
        "moderation.desk",
        "/desk/moderation",
        frozenset({roles.MODERATOR}),
        _cases_for,
    ),
    Tab(_l("审核"), "moderation.skills", "/desk/moderation", frozenset({roles.ADMINISTRATOR})),
    Tab(
        _l("审核的数字"),
        "moderation.figures",
        "/desk/moderation",
        frozenset({roles.SECRETARY}),
    ),
    Tab(
        _l("意见汇总"),
        "deliveries.board",
        "/desk/dossiers",
        frozenset({roles.OFFICIAL, roles.SECRETARY}),
        waiting_dossiers,
    ),
    Tab(_l("征求意见"), "consultations.manage_list", "/desk/topics", frozenset({roles.SECRETARY})),
    Tab(_l("征集活动"), "contests.manage_calls", "/desk/calls", frozenset({roles.SECRETARY})),
    Tab(
        _l("求助"),
        "safeguarding.concerns",
        "/desk/concerns",
        frozenset({roles.SAFEGUARDING}),
        waiting_concerns,
    ),
    Tab(
        _l("投诉和举报"),
        "safeguarding.complaints",
        "/desk/complaints",
        frozenset({roles.SECRETARY}),
        waiting_concerns,
    ),
    Tab(
        _l("值班和演练"),
        "safeguarding.duty",
        "/desk/duty",
        frozenset({roles.SAFEGUARDING}),
    ),
    Tab(_l("我的班级"), "accounts.classes", "/desk/classes", frozenset({roles.TEACHER})),
    Tab(
        _l("学校"),
        "accounts.schools",
        "/desk/schools",
        frozenset({roles.SECRETARY, roles.ADMINISTRATOR}),
    ),
    Tab(_l("人员"), "accounts.people", "/desk/people", frozenset({roles.ADMINISTRATOR})),
    Tab(_l("信件"), "notifications.letters", "/desk/letters", frozenset({roles.ADMINISTRATOR})),
    Tab(_l("记录"), "audit.entries", "/desk/audit", frozenset({roles.ADMINISTRATOR})),
)


def staff_tabs(visitor: Any) -> list[ShownTab]:
    """The tabs of a staff visitor on a page of the desk; empty for everybody else."""
    if visitor.role not in EVERYONE or not request.path.startswith("/desk"):
        return []
    mine = [tab for tab in TABS if visitor.role in tab.roles and _opens(tab, visitor)]
    here = max(
        (tab.path for tab in mine if request.path.startswith(tab.path)), key=len, default="/desk"
    )
    return [
        ShownTab(
            label=str(tab.label),
            href=url_for(tab.endpoint),
            current=tab.path == here,
            count=tab.count(visitor) if tab.count else None,
        )
        for tab in mine
    ]


def _opens(tab: Tab, visitor: Any) -> bool:
    """An officer whom nobody has confirmed sees nothing of the concerns, not even how many wait."""
    confirmed = visitor.role != roles.SAFEGUARDING or visitor.confirmed
    return bool(confirmed) or tab.endpoint == "front.desk"
