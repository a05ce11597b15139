"""Many certificates as one file to print: made outside of the request, for who may certify."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.delivery.models import Cohort
from app.delivery.queries import scopes
from app.infra import jobs, storage
from app.infra.db import db
from app.infra.jobs import Job
from app.infra.transactions import transactional
from app.learning.certificates import sheet
from app.learning.certificates.sheet import Held, Paper
from app.learning.models import Certificate
from app.learning.rules.certificates import NothingToPrint
from app.people.permissions import Actor, Permission, check

KIND = "certificates"


@transactional
def start_printing(actor: Actor, cohort: Cohort, ids: Sequence[int], root: str, paper: Paper = "a4") -> Job:
    """Start making one file of these certificates of a cohort, those that hold and whose name is known."""
    check(actor, Permission.CERTIFY, scopes.of_cohort(cohort))
    found = _printable(cohort.id, ids)
    if not found:
        raise NothingToPrint
    wanted = [one.id for one in found]
    return jobs.start(actor.account_id, KIND, cohort=cohort.id, certificates=wanted, root=root.rstrip("/"), paper=paper)


@jobs.job(KIND)
def make(job_id: int, cohort: int, certificates: list[int], root: str, paper: Paper) -> None:
    """Make the file; what was revoked or erased meanwhile is left out."""
    found = _printable(cohort, certificates)
    if not found:
        raise NothingToPrint
    sheets = [Held(one.content, one.name, one.code, f"{root}/certificates/{one.serial}") for one in found]
    made = sheet.many_as_pdf(sheets, paper=paper)
    slug = db.session.get_one(Cohort, cohort).slug
    jobs.finish(job_id, result=storage.put(made), filename=f"{slug}.pdf")


def _printable(cohort_id: int, ids: Sequence[int]) -> Sequence[Certificate]:
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.cohort_id == cohort_id,
            Certificate.id.in_(ids),
            Certificate.revoked_at.is_(None),
            Certificate.name != "",
        )
        .order_by(Certificate.name, Certificate.id)
    ).all()
