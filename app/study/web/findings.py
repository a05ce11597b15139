"""Findings: the list, one finding with what it rests on and what became of it, and what a person does with it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core.errors import Refused
from app.curriculum.models import Edition
from app.infra.i18n import language
from app.people.login import current_actor
from app.people.permissions import Permission
from app.study import actions, words
from app.study.kinds import FindingStatus
from app.study.models import Finding
from app.study.queries import findings as queries
from app.study.queries import rows
from app.study.rules import NoSuchRow, NothingToRestOn
from app.study.sheets import Kind
from app.web.errors import back, say
from app.web.pages import requires
from app.web.sheets import csv_file

from . import bp, faults_of, frame, opened, place
from .paging import paged

SHORT = 140
SORTS = ("code", "cited", "uncited")


def _mine(slug: str, region: str, row: int, permission: Permission = Permission.KEEP_STUDY) -> tuple[Edition, Finding]:
    """The edition and its finding, for somebody with this permission on it."""
    edition = opened(slug, region, permission)
    found = rows.get(edition, Kind.FINDINGS, row)
    if not isinstance(found, Finding):
        abort(404)
    return edition, found


@bp.get("/<slug>/<region>/study/findings")
@requires(Permission.READ_DRAFT)
def findings(slug: str, region: str) -> ResponseReturnValue:
    """List an edition's findings with what became of each; search, one status.

    `format=csv` sends a table, `all` shows every one on one page to be printed.
    """
    edition, asked = opened(slug, region), request.args
    wanted = asked.get("status", "")
    status = FindingStatus(wanted) if wanted in set(FindingStatus) else None
    lines, counts = queries.listed(edition, asked.get("q", ""), status, put_away="away" in asked)
    if asked.get("format") == "csv":
        return _table(edition, lines)
    sort = asked.get("sort", "code")
    if sort in ("cited", "uncited"):
        lines.sort(key=lambda line: line.acts if sort == "uncited" else -line.acts)
    part = paged(lines, queries.PER_PAGE)
    return render_template(
        "study/findings.html",
        **frame(edition),
        lines=part.lines,
        total=len(lines),
        counts=counts,
        page=part.number,
        pages=part.of,
        q=asked.get("q", ""),
        status=status,
        sort=sort if sort in SORTS else "code",
        away="away" in asked,
        statuses=list(FindingStatus),
    )


@bp.get("/<slug>/<region>/study/findings/<int:row>")
@requires(Permission.READ_DRAFT)
def finding(slug: str, region: str, row: int) -> ResponseReturnValue:
    """Show a finding: what it rests on, the paragraphs it speaks of, and every act that cites it."""
    return _page(*_mine(slug, region, row, Permission.READ_DRAFT))


@bp.post("/<slug>/<region>/study/findings/<int:row>/status")
@requires(Permission.KEEP_STUDY)
def settle_finding(slug: str, region: str, row: int) -> ResponseReturnValue:
    """Say what is to become of a finding."""
    edition, found = _mine(slug, region, row)
    wanted = request.form.get("status", "")
    if wanted not in set(FindingStatus):
        abort(400)
    try:
        actions.settle(current_actor(), edition, found, FindingStatus(wanted), why=request.form.get("why", ""))
    except Refused as refused:
        return _page(edition, found, faults_of(refused, "why"), wanted), refused.status
    say(gettext("Noted."))
    return back(url_for(".finding", row=row, **place(edition)))


@bp.post("/<slug>/<region>/study/findings/<int:row>/evidence")
@requires(Permission.KEEP_STUDY)
def rest_finding_on(slug: str, region: str, row: int) -> ResponseReturnValue:
    """Say what a finding rests on, or take it back."""
    edition, found = _mine(slug, region, row)
    kind, _, number = request.form.get("on", "").partition("-")
    given = request.form.get("drop", "")
    try:
        if given:
            if not (given.isascii() and given.isdecimal() and len(given) < 10):
                raise NoSuchRow
            actions.no_longer_rest_on(current_actor(), edition, found, int(given))
            say(gettext("Taken back."))
        else:
            if kind not in set(Kind) or not (number.isascii() and number.isdecimal() and len(number) < 10):
                raise NothingToRestOn
            note = request.form.get("note", "")
            actions.rest_on(current_actor(), edition, found, Kind(kind), int(number), note=note)
            say(gettext("Noted."))
    except Refused as refused:
        return _page(edition, found, faults_of(refused, "on")), refused.status
    return back(url_for(".finding", row=row, _anchor="rests", **place(edition)))


def _page(edition: Edition, found: Finding, faults: dict[str, str] | None = None, wanted: str = "") -> str:
    blocks = queries.blocks_of(found)
    deeds = queries.became_of(current_actor(), found)
    changed = rows.reasoned_by(edition, {deed.act.id for deed in deeds if deed.edition.id == edition.id})
    spoken = [block.block_uid for block in blocks]
    shown = frame(edition)
    return render_template(
        "study/finding.html",
        **shown,
        row=found,
        rests=queries.rests_on(found),
        blocks=blocks,
        first_words=rows.first_words(
            edition, {*spoken, *(uid for some in changed.values() for uid in some)}, language()
        ),
        deeds=deeds,
        changed=changed,
        statuses=list(FindingStatus),
        wanted=wanted or found.status.value,
        why=request.form.get("why", found.status_why),
        faults=faults or {},
        grounds=_grounds(edition) if shown["may_keep"] else [],
    )


def _grounds(edition: Edition) -> list[tuple[str, str]]:
    """Everything in the study that a finding can rest on: value and words for a list to choose from."""
    found: list[tuple[str, str]] = []
    instruments: list[Any] = list(rows.listed(edition, Kind.INSTRUMENTS))
    for one in instruments:
        found.append((f"{Kind.INSTRUMENTS}-{one.id}", one.name))
        found += [
            (f"{Kind.QUESTIONS}-{question.id}", f"{one.name}, {question.number}: {question.asked}"[:SHORT])
            for question in one.questions
            if question.archived_at is None
        ]
    articles: list[Any] = list(rows.listed(edition, Kind.ARTICLES))
    found += [(f"{Kind.ARTICLES}-{one.id}", " · ".join(filter(None, [one.article, one.topic]))) for one in articles]
    return found + [(f"{Kind.SOURCES}-{one.id}", one.title) for one in rows.sources(edition)]


def _table(edition: Edition, lines: list[queries.Line]) -> ResponseReturnValue:
    heads = [
        gettext("Code"), gettext("What was found"), gettext("How much stands behind it"),
        gettext("What became of it"), gettext("Why"), gettext("Changes that cite it"), gettext("Paragraphs"),
        gettext("Note"),
    ]  # fmt: skip
    table = [
        [
            line.finding.code, line.finding.statement, words.word(line.finding.strength),
            words.word(line.finding.status), line.finding.status_why, line.acts, line.blocks, line.finding.note,
        ]
        for line in lines
    ]  # fmt: skip
    return csv_file(f"{edition.slug}-{edition.region}-findings.csv", heads, table)
