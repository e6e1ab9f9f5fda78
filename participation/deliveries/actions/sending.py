"""Sealing a dossier and sending it to the named official, in the transaction of its cause."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from participation.deliveries.due import last_day, usual_due
from participation.deliveries.happenings import DossierSent
from participation.deliveries.models import Dossier, Point
from participation.deliveries.sealing import canonical, digest_of
from participation.kernel import jobs
from participation.kernel.announcing import announce
from participation.kernel.clock import city_day, now
from participation.kernel.database import session
from participation.kernel.rows import insert_once
from participation.kernel.subjects import Subject
from participation.kernel.tables import Words

RENDER = "render-papers"
"""The job that makes a dossier's PDF, CSV and JSON ahead of the first reader."""


def send_dossier(
    subject: Subject,
    *,
    title: Words,
    contents: Mapping[str, Any],
    points: Sequence[tuple[str, Words]],
    unit_id: int,
    official_id: int,
    due_on: date | None = None,
) -> Dossier:
    """Seal `contents` and send them; what the unit must answer is sealed with them.

    `contents` is the shape named in `papers.py`; `points` are (key, title) in the order in which
    they are answered, at least one. `due_on` is the day promised to the children; 60 days where
    none was. A subject is sent once: a second call gives back the first dossier and says nothing.
    Raises `ValueError` without a point. Announces `DossierSent`.
    """
    if not points:
        raise ValueError("a dossier needs at least one point to answer")
    moment = now()
    due = due_on or usual_due(city_day(moment))
    sealed = canonical(
        {**contents, "points": [{"key": key, "title": dict(words)} for key, words in points]}
    )
    row = {
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "title": title,
        "unit_id": unit_id,
        "official_id": official_id,
        "contents": sealed,
        "digest": digest_of(sealed),
        "sealed_at": moment,
        "due_on": due,
        "provisional": last_day(due).provisional,
    }
    is_new = insert_once(Dossier, row)
    dossier = (
        session()
        .scalars(
            select(Dossier).where(
                Dossier.subject_kind == subject.kind, Dossier.subject_id == subject.id
            )
        )
        .one()
    )
    if is_new:
        _address(dossier, points)
    return dossier


def _address(dossier: Dossier, points: Sequence[tuple[str, Words]]) -> None:
    session().add_all(
        Point(dossier_id=dossier.id, place=place, key=key, title=words)
        for place, (key, words) in enumerate(points, 1)
    )
    session().flush()
    jobs.enqueue(RENDER, str(dossier.id), {"dossier_id": dossier.id})
    announce(
        DossierSent(
            subject=Subject(dossier.subject_kind, dossier.subject_id),
            dossier_id=dossier.id,
            unit_id=dossier.unit_id,
            official_id=dossier.official_id,
            due_on=dossier.due_on,
        )
    )
