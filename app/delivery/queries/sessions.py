"""Reading sessions: the plan, what may be taught in them. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from sqlalchemy import exists, func, select

from app.core.content import Uid
from app.curriculum.models import Edition, Release
from app.curriculum.queries import contents
from app.delivery.models import (
    AttendanceEvent,
    Cohort,
    CohortRelease,
    CohortSession,
    CohortTrainer,
    FieldNote,
    SessionUnit,
)
from app.infra.db import db
from app.study.models import Finding

from .cohorts import hold

__all__ = [
    "by_id",
    "findings_of",
    "has_marks",
    "hold",
    "next_number",
    "trainer_ids",
    "units_offered",
    "units_planned",
]


def next_number(cohort: Cohort) -> int:
    """The number of the next session."""
    last = db.session.scalar(select(func.max(CohortSession.number)).where(CohortSession.cohort_id == cohort.id))
    return (last or 0) + 1


def units_offered(cohort: Cohort) -> dict[Uid, int]:
    """The units that may be taught, by uid, each with the id of the release it is taught from."""
    rows = db.session.scalars(
        select(Release)
        .join(CohortRelease, CohortRelease.release_id == Release.id)
        .where(CohortRelease.cohort_id == cohort.id, CohortRelease.until.is_(None))
        .order_by(CohortRelease.id)
    )
    return {unit.uid: release.id for release in rows for _, unit in contents.state(release.revision).content.units()}


def units_planned(session: CohortSession) -> dict[Uid, int]:
    """The units a session was planned for, by uid, with the release: these may be reported whatever came since."""
    rows = db.session.execute(
        select(SessionUnit.unit_uid, SessionUnit.release_id).where(SessionUnit.session_id == session.id)
    )
    return dict(rows.all())


def trainer_ids(cohort: Cohort) -> frozenset[int]:
    """The persons who teach or taught a cohort."""
    found = db.session.scalars(select(CohortTrainer.person_id).where(CohortTrainer.cohort_id == cohort.id))
    return frozenset(found)


def has_marks(session: CohortSession) -> bool:
    """Whether somebody's attendance was noted for this session."""
    return bool(db.session.scalar(select(exists().where(AttendanceEvent.session_id == session.id))))


def by_id(session_id: int | None) -> CohortSession | None:
    """The session that takes another one's place."""
    return None if session_id is None else db.session.get(CohortSession, session_id)


def findings_of(session: CohortSession) -> dict[Uid, tuple[Finding, Edition]]:
    """What became of the changes in the field that this session tells of, by unit: a finding of an edition's study."""
    rows = db.session.execute(
        select(FieldNote.unit_uid, Finding, Edition)
        .join(Finding, Finding.id == FieldNote.finding_id)
        .join(Edition, Edition.id == Finding.edition_id)
        .where(FieldNote.session_id == session.id, Finding.archived_at.is_(None))
        .order_by(FieldNote.id)
    )
    return {uid: (finding, edition) for uid, finding, edition in rows}
