"""What was changed in the field reaches the designers: a note on a unit becomes a finding of its release's edition."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext
from sqlalchemy import select

from app.curriculum.models import Edition, Release
from app.delivery.models import Cohort, CohortSession, FieldNote, SessionUnit
from app.infra import clock
from app.infra.db import db
from app.study.actions import told
from app.study.models import Finding


def hand_on(session_ids: Collection[int]) -> None:
    """Make findings of the notes that these sessions hold now, once each.

    A note that was put into other words changes its finding while nobody has worked with it; a designer's stays.
    """
    known = {
        (note.session_id, note.unit_uid): (note, finding)
        for note, finding in db.session.execute(
            select(FieldNote, Finding)
            .join(Finding, Finding.id == FieldNote.finding_id)
            .where(FieldNote.session_id.in_(session_ids))
        )
    }
    rows = db.session.execute(
        select(SessionUnit, CohortSession, Cohort, Edition)
        .join(CohortSession, CohortSession.id == SessionUnit.session_id)
        .join(Cohort, Cohort.id == CohortSession.cohort_id)
        .join(Release, Release.id == SessionUnit.release_id)
        .join(Edition, Edition.id == Release.edition_id)
        .where(SessionUnit.session_id.in_(session_ids), SessionUnit.note != "")
        .order_by(SessionUnit.session_id, SessionUnit.position)
    ).all()
    for unit, session, cohort, edition in rows:
        before = known.pop((session.id, unit.unit_uid), None)
        if before is None:
            _tell(unit, session, cohort, edition)
            continue
        note, finding = before
        if note.words != unit.note and told.is_untouched(finding, note.words):
            finding.statement = note.words = unit.note
            finding.archived_at = None
    for note, finding in known.values():
        if finding.archived_at is None and told.is_untouched(finding, note.words):
            finding.archived_at = clock.now()


def _tell(unit: SessionUnit, session: CohortSession, cohort: Cohort, edition: Edition) -> None:
    day = (session.held_on or session.planned_on).isoformat()
    finding = told.tell(
        session.reported_by_id,
        edition,
        unit.note,
        source=gettext("From the field: %(cohort)s", cohort=cohort.name),
        where=" · ".join(part for part in (session.title, day, session.place) if part),
        unit=unit.unit_uid,
        block=unit.block_uid,
    )
    db.session.add(FieldNote(session_id=session.id, unit_uid=unit.unit_uid, finding_id=finding.id, words=unit.note))
