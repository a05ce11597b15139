"""The lists of a study (sources, statute review, surveys and focus groups, cases) and the forms that fill them."""

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
from app.study.kinds import Gap
from app.study.models import Article, CaseRecord, Instrument, Kept
from app.study.queries import checks, rows
from app.study.rules import Form, answers_typed, mark_of
from app.study.sheets import SHEETS, Kind
from app.web.errors import back, say
from app.web.pages import requires
from app.web.sheets import csv_file

from . import bp, faults_of, frame, opened, place
from .paging import Page, paged


@bp.get("/<slug>/<region>/study/sources")
@requires(Permission.READ_DRAFT)
def sources(slug: str, region: str) -> ResponseReturnValue:
    """List the laws, statutes, studies and conversations an edition rests on; `all` shows them on one page."""
    return _list(opened(slug, region), Kind.SOURCES)


@bp.get("/<slug>/<region>/study/articles")
@requires(Permission.READ_DRAFT)
def articles(slug: str, region: str) -> ResponseReturnValue:
    """Show the review of statutes as a grid to read and print; `format=csv` sends a table."""
    edition = opened(slug, region)
    if request.args.get("format") == "csv":
        return _grid(edition)
    wanted = request.args.get("gap", "")
    gap = Gap(wanted) if wanted in set(Gap) else None
    return _list(edition, Kind.ARTICLES, gap=gap, gaps=list(Gap))


@bp.get("/<slug>/<region>/study/instruments")
@requires(Permission.READ_DRAFT)
def instruments(slug: str, region: str) -> ResponseReturnValue:
    """List the surveys and focus groups of an edition."""
    return _list(opened(slug, region), Kind.INSTRUMENTS)


@bp.get("/<slug>/<region>/study/instruments/<int:row>")
@requires(Permission.READ_DRAFT)
def instrument(slug: str, region: str, row: int) -> ResponseReturnValue:
    """Show a survey or a focus group: who was asked, the questions with their counts, people's words."""
    edition = opened(slug, region)
    found = rows.get(edition, Kind.INSTRUMENTS, row)
    if not isinstance(found, Instrument):
        abort(404)
    return render_template(
        "study/instrument.html",
        **frame(edition),
        row=found,
        questions=rows.living(found.questions),
        quotes=rows.living(found.quotes),
        total=lambda question: sum(answer.get("total") or 0 for answer in question.answers),
    )


@bp.get("/<slug>/<region>/study/cases")
@requires(Permission.READ_DRAFT)
def cases(slug: str, region: str) -> ResponseReturnValue:
    """List the case studies written with members, and who wrote them."""
    edition = opened(slug, region)
    return _list(edition, Kind.CASES, credits_of=checks.credits_of)


@bp.get(
    "/<slug>/<region>/study/<any(sources, articles, instruments, questions, quotes, findings, cases, authors):kind>/new"
)
@requires(Permission.KEEP_STUDY)
def new_row(slug: str, region: str, kind: str) -> ResponseReturnValue:
    """Ask for something new in the study."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    return _form(edition, Kind(kind), None, _within(edition, Kind(kind)), {}, {})


@bp.post(
    "/<slug>/<region>/study/<any(sources, articles, instruments, questions, quotes, findings, cases, authors):kind>/new"
)
@requires(Permission.KEEP_STUDY)
def keep_row(slug: str, region: str, kind: str) -> ResponseReturnValue:
    """Write something new down."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    return _keep(edition, Kind(kind), None, _within(edition, Kind(kind)))


@bp.get(
    "/<slug>/<region>/study/<any(sources, articles, instruments, questions, quotes, findings, cases, authors):kind>"
    "/<int:row>/edit"
)
@requires(Permission.KEEP_STUDY)
def edit_row(slug: str, region: str, kind: str, row: int) -> ResponseReturnValue:
    """Offer something of the study for changing."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    found = rows.get(edition, Kind(kind), row)
    typed = {field.name: _typed(field.form, getattr(found, field.name)) for field in SHEETS[Kind(kind)].fields}
    return _form(edition, Kind(kind), found, None, typed, {})


@bp.post(
    "/<slug>/<region>/study/<any(sources, articles, instruments, questions, quotes, findings, cases, authors):kind>"
    "/<int:row>/edit"
)
@requires(Permission.KEEP_STUDY)
def change_row(slug: str, region: str, kind: str, row: int) -> ResponseReturnValue:
    """Save something that was changed."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    return _keep(edition, Kind(kind), rows.get(edition, Kind(kind), row), None)


@bp.post(
    "/<slug>/<region>/study/<any(sources, articles, instruments, questions, quotes, findings, cases, authors):kind>"
    "/<int:row>/away"
)
@requires(Permission.KEEP_STUDY)
def put_row_away(slug: str, region: str, kind: str, row: int) -> ResponseReturnValue:
    """Put something away, or bring it back."""
    edition = opened(slug, region, Permission.KEEP_STUDY)
    if request.form.get("do") == "back":
        actions.bring_back(current_actor(), edition, Kind(kind), row)
        say(gettext("It is back in the list."))
    else:
        actions.put_away(current_actor(), edition, Kind(kind), row)
        say(gettext("Put away. What cites it keeps it; below the list it can be brought back."))
    return back(_home(edition, Kind(kind), rows.get(edition, Kind(kind), row)))


def _keep(edition: Edition, kind: Kind, found: Kept | None, within: Kept | None) -> ResponseReturnValue:
    typed = {field.name: request.form.get(field.name, "") for field in SHEETS[kind].fields}
    try:
        kept = actions.keep(
            current_actor(),
            edition,
            kind,
            typed,
            row=found.id if found else None,
            within=within.id if within else None,
            seen=request.form.get("seen", ""),
        )
    except Refused as refused:
        faults = faults_of(refused, SHEETS[kind].fields[0].name)
        return _form(edition, kind, found, within, typed, faults), refused.status
    say(gettext("Written down.") if found is None else gettext("Saved."))
    if found is None and "more" in request.form:
        return back(url_for(".new_row", kind=kind.value, within=within.id if within else None, **place(edition)))
    return back(_home(edition, kind, kept))


def _home(edition: Edition, kind: Kind, row: Kept) -> str:
    """The page on which a row is shown."""
    at = place(edition)
    if kind is Kind.FINDINGS:
        return url_for(".finding", row=row.id, **at)
    if kind in (Kind.INSTRUMENTS, Kind.QUESTIONS, Kind.QUOTES):
        return url_for(".instrument", row=getattr(row, "instrument_id", row.id), _anchor=f"{kind}-{row.id}", **at)
    anchor = row.case_id if kind is Kind.AUTHORS else row.id  # type: ignore[attr-defined]
    if kind is Kind.SOURCES:
        at["row"] = row.id
    return url_for(f".{Kind.CASES if kind is Kind.AUTHORS else kind}", _anchor=f"r-{anchor}", **at)


def _within(edition: Edition, kind: Kind) -> Kept | None:
    """The row that a new one belongs to, as the address says; not found when it is missing."""
    parent = SHEETS[kind].within
    if parent is None:
        return None
    return rows.get(edition, parent, max(0, min(request.args.get("within", 0, type=int), 2**31 - 1)))


def _form(
    edition: Edition, kind: Kind, found: Kept | None, within: Kept | None, typed: dict[str, str], faults: dict[str, str]
) -> str:
    return render_template(
        "study/form.html",
        **frame(edition),
        kind=kind.value,
        sheet=SHEETS[kind],
        row=found,
        seen=mark_of(SHEETS[kind].fields, found) if found else "",
        within=within,
        typed=typed,
        faults=faults,
        sources=rows.sources(edition) if kind is Kind.ARTICLES else [],
        home=_home(edition, kind, found) if found else _list_of(edition, kind, within),
    )


def _list_of(edition: Edition, kind: Kind, within: Kept | None) -> str:
    if kind in (Kind.QUESTIONS, Kind.QUOTES) and within is not None:
        return url_for(".instrument", row=within.id, **place(edition))
    return url_for(f".{Kind.CASES if kind is Kind.AUTHORS else kind}", **place(edition))


def _typed(form: Form, value: Any) -> str:
    """A kept value as a form shows it."""
    if form is Form.ANSWERS:
        return answers_typed(value)
    if form is Form.TICK:
        return "1" if value else ""
    return "" if value is None else str(value)


def _list(edition: Edition, kind: Kind, *, gap: Gap | None = None, **more: Any) -> str:
    asked = request.args
    found = rows.listed(edition, kind, asked.get("q", ""), put_away="away" in asked)
    if gap is not None:
        found = [row for row in found if isinstance(row, Article) and row.gap is gap]
    uids = [row.block_uid for row in found if isinstance(row, Article | CaseRecord) and row.block_uid]
    part = paged(found) if kind is Kind.SOURCES else Page(found, 1, 1)
    return render_template(
        f"study/{kind}.html",
        **frame(edition),
        kind=kind.value,
        rows=part.lines,
        total=len(found),
        page=part.number,
        pages=part.of,
        q=asked.get("q", ""),
        away="away" in asked,
        gap=gap,
        first_words=rows.first_words(edition, uids, language()) if uids else {},
        living=rows.living,
        **more,
    )


def _grid(edition: Edition) -> ResponseReturnValue:
    heads = [
        gettext("Law or statute"), gettext("Article"), gettext("Topic"), gettext("Unit"),
        gettext("What the unit says"), gettext("What the law or the statute says"), gettext("How far apart they are"),
        gettext("What is to be done"), gettext("It has been done"),
    ]  # fmt: skip
    found = [row for row in rows.listed(edition, Kind.ARTICLES) if isinstance(row, Article)]
    lines = [
        [
            row.source.title if row.source else "", row.article, row.topic, row.unit_uid, row.unit_says, row.law_says,
            words.word(row.gap), row.action, gettext("yes") if row.done else "",
        ]
        for row in found
    ]  # fmt: skip
    return csv_file(f"{edition.slug}-{edition.region}-articles.csv", heads, lines)
