"""A report as plain tables with titles, in the language of the moment: what every kind of file is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext

from app.infra.i18n import format_day, language, region_name
from app.reporting import shown
from app.reporting.kinds import Split
from app.reporting.queries.reports import Report
from app.reporting.words import target
from app.web.words import code_word, word

Cell = str | int | float | None
NOT_SHOWN = shown.HIDDEN


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report. `numbers` are the columns that hold numbers, `shares` those that hold shares of one; `note`
    stands below it.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: frozenset[int] = frozenset()
    note: str = ""
    shares: frozenset[int] = frozenset()


def tables(report: Report) -> Iterator[Table]:
    """All tables of a report, one after another; those without a row are left out."""
    made = (_figures, _groups, _promises, _years, _steps, _coverage, _retention, _cascade, _held, _organisations)
    for part in made:
        for table in part(report):
            if table.rows:
                yield table


def definitions(report: Report) -> Iterator[tuple[str, str, str]]:
    """Name, how it is counted, and code with version and source, of every figure in the report."""
    for one, _ in report.figures:
        beside = gettext(
            "%(code)s, definition %(version)s of %(day)s. Source: %(source)s",
            code=one.code,
            version=one.version,
            day=format_day(one.valid_from),
            source=one.said(one.source, language()),
        )
        yield one.said(one.name, language()), one.said(one.rule, language()), str(beside)


def not_counted(report: Report) -> Iterator[tuple[str, str]]:
    """The indicators that cannot be counted honestly, with what is missing."""
    for one in report.not_counted:
        yield f"{one.code} {one.said(one.name, language())}", one.said(one.missing, language())


def _figures(report: Report) -> Iterator[Table]:
    rows = [
        (
            one.said(one.name, language()),
            word(one.unit),
            _told(figure.value),
            "" if figure.of is None else figure.of,
            "" if figure.share is None else round(figure.share, 4),
            "" if one.code.islower() else one.code,
        )
        for one, figure in report.figures
    ]
    heads = [
        gettext("Indicator"),
        gettext("Unit"),
        gettext("Value"),
        gettext("Out of"),
        gettext("Share"),
        gettext("Code"),
    ]
    yield Table(gettext("Figures"), heads, rows, frozenset({2, 3, 4}), shares=frozenset({4}))


def _groups(report: Report) -> Iterator[Table]:
    youth_until = report.question.youth_until
    heads = [gettext("Group"), gettext("Number")]
    note = gettext(
        "Groups of fewer than five people are not shown, and as many others with them as keep anybody from reckoning "
        "them."
    )
    for one, figure in report.figures:
        for split, told in figure.groups.items():
            title = f"{one.said(one.name, language())}: {word(split).lower()}"
            rows = [
                ("   " * line.depth + line.label, _told(line.count))
                for line in shown.lines(split, told or (), youth_until)
            ]  # fmt: skip
            yield Table(title, heads, rows, frozenset({1}), note if split in (Split.SEX, Split.AGE) else "")


def _promises(report: Report) -> Iterator[Table]:
    rows = [
        (
            target(one.kept.target.indicator),
            one.kept.target.value,
            _told(one.reached),
            format_day(one.kept.target.by) if one.kept.target.by else "",
        )
        for one in report.promises
    ]
    heads = [gettext("What"), gettext("Planned"), gettext("Actual"), gettext("By which day")]
    yield Table(gettext("Promised and reached"), heads, rows, frozenset({1, 2}))


def _years(report: Report) -> Iterator[Table]:
    starts_in = report.view.programme.year_starts_in
    rows = [(shown.year(one.year, starts_in), one.people, one.organisations, one.events) for one in report.years]
    heads = [gettext("Year"), gettext("People"), gettext("Organisations"), gettext("Sessions and activities")]
    yield Table(gettext("Year by year"), heads, rows, frozenset({1, 2, 3}))


def _steps(report: Report) -> Iterator[Table]:
    rows = [(one.milestone.name, one.planned, one.reached) for one in report.steps]
    heads = [gettext("Milestone"), gettext("Set out for it"), gettext("Reached it")]
    yield Table(gettext("Milestones of organisations"), heads, rows, frozenset({1, 2}))


def _coverage(report: Report) -> Iterator[Table]:
    found = report.coverage
    if found is None:
        return
    rows: list[Sequence[Cell]] = [
        (one.name, *(found.cells[one.id, area.id].activities for area in found.areas)) for one in found.organisations
    ]
    heads = [gettext("Organisation"), *(area.name for area in found.areas)]
    note = gettext("%(count)s of %(of)s are covered.", count=found.covered, of=len(found.cells))
    title = gettext("Activities for each organisation in each training area")
    yield Table(title, heads, rows, frozenset(range(1, len(heads))), note)


def _retention(report: Report) -> Iterator[Table]:
    found = report.retention
    if found is None:
        return
    steps = [(step.session, step.at_risk, step.left, round(step.staying, 4)) for step in found.curve.steps]
    heads = [gettext("After session"), gettext("Watched"), gettext("Left"), gettext("Still there")]
    note = gettext(
        "%(count)s of %(of)s people deserted by %(day)s; %(back)s of %(ever)s who ever left came back.",
        count=found.desertion.deserted.count,
        of=found.desertion.deserted.of,
        day=format_day(found.desertion.on),
        back=found.desertion.came_back.count,
        ever=found.desertion.came_back.of,
    )
    yield Table(gettext("Who stayed, session by session"), heads, steps, frozenset({0, 1, 2, 3}), note, frozenset({3}))
    reasons = [
        (code_word("reason", one.key) or gettext("Not stated"), _told(one.count)) for one in found.desertion.by_reason
    ]
    yield Table(
        gettext("Why people left without a word"), [gettext("Reason"), gettext("People")], reasons, frozenset({1})
    )


def _cascade(report: Report) -> Iterator[Table]:
    found = report.cascade
    if found is None:
        return
    rows = [(one.depth + 1, one.cohorts, one.held, one.people, one.trainers) for one in found.levels]
    heads = [gettext("Level of the cascade"), gettext("Cohorts"), gettext("Sessions held")]
    heads += [gettext("People"), gettext("Trainers")]
    yield Table(gettext("The cascade"), heads, rows, frozenset({0, 1, 2, 3, 4}))


def _held(report: Report) -> Iterator[Table]:
    rows = [
        (
            one.name,
            gettext("Session of a cohort") if one.kind is None else word(one.kind),
            region_name(one.region),
            format_day(one.since) if one.since == one.until else f"{format_day(one.since)} – {format_day(one.until)}",
            one.times,
        )
        for one in report.held
    ]
    heads = [gettext("What was held"), gettext("Kind"), gettext("Region"), gettext("When"), gettext("Times")]
    yield Table(gettext("Sessions and activities"), heads, rows, frozenset({4}))


def _organisations(report: Report) -> Iterator[Table]:
    rows = [(one.name, word(one.kind), region_name(one.region)) for one in report.organisations]
    yield Table(gettext("Organisations"), [gettext("Organisation"), gettext("Kind"), gettext("Region")], rows)


def _told(value: float | None) -> Cell:
    return str(gettext(NOT_SHOWN)) if value is None else value
