"""The first page of a study: how much there is of everything, and what waits."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.people.login import current_actor
from app.people.permissions import Permission
from app.study.kinds import FindingStatus
from app.study.queries import checks, findings, needs, rows
from app.study.sheets import Kind
from app.web.pages import requires

from . import bp, frame, opened

COUNTED = (Kind.SOURCES, Kind.ARTICLES, Kind.INSTRUMENTS, Kind.CASES)


@bp.get("/<slug>/<region>/study")
@requires(Permission.READ_DRAFT)
def study(slug: str, region: str) -> ResponseReturnValue:
    """Show what is known behind an edition: needs, study, findings and what became of them, cases, checklist."""
    edition = opened(slug, region)
    lines, by_status = findings.listed(edition)
    return render_template(
        "study/study.html",
        **frame(edition),
        behind=needs.behind(current_actor(), edition),
        counts={kind.value: rows.count(edition, kind) for kind in COUNTED},
        findings=len(lines),
        by_status=by_status,
        uncited=sum(not line.acts and line.finding.status is FindingStatus.OPEN for line in lines),
        progress=checks.checklist_progress(edition),
    )
