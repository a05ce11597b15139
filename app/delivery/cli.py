"""`vivero roster …`: the list of a cohort out to a spreadsheet and back, as people without a page do it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.infra.commands import REFUSED, show_json, with_app
from app.people.permissions import COMMAND_LINE, Permission

if TYPE_CHECKING:
    from app.delivery.actions.rosters import Answer, Report


@click.group()
def roster() -> None:
    """Write the list of a cohort to a file, and bring one in."""


@roster.command("export")
@click.argument("cohort")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help=".csv or .xlsx")
@click.option("--language", type=click.Choice(["es", "en"]), help="Language of the heads; else the terminal's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def export_list(cohort: str, output: Path, language: str | None, as_json: bool) -> None:
    """Write who is in a cohort to a file that can be brought in again."""
    from flask_babel import ngettext

    from app.delivery.actions import rosters
    from app.delivery.queries import rosters as queries
    from app.delivery.queries import scopes
    from app.infra.i18n import language as of_terminal

    found = scopes.cohort(COMMAND_LINE, cohort, Permission.SEE_COHORT)
    workbook = output.suffix.lower() == ".xlsx"
    output.write_bytes(rosters.export(COMMAND_LINE, found, language or of_terminal(), workbook=workbook))
    people = len(queries.members(found))
    if as_json:
        show_json({"cohort": found.slug, "file": str(output), "people": people})
        return
    click.echo(
        ngettext("One person was written to %(file)s.", "%(num)s people were written to %(file)s.", people, file=output)
    )


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cohort", help="The cohort's short name, where the file does not say it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--leave-out", is_flag=True, help="Bring in the rows that can be, and leave out the others.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def import_list(file: Path, cohort: str | None, dry_run: bool, leave_out: bool, as_json: bool) -> int:
    """Bring a list of people into a cohort, with an answer for every row."""
    from flask_babel import gettext

    from app.delivery.actions import rosters
    from app.delivery.queries import scopes
    from app.delivery.rules.rosters_files import MOST_BYTES

    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    found = scopes.cohort(COMMAND_LINE, cohort or rosters.cohort_named(data), Permission.SEE_COHORT)
    if dry_run:
        report = rosters.look(COMMAND_LINE, found, data)
    else:
        report = rosters.bring_in(COMMAND_LINE, found, data, file.name, leave_out=leave_out)
    if as_json:
        show_json(
            {
                "cohort": found.slug,
                "written": report.done is not None,
                "import": report.done.uid if report.done else None,
                "counts": report.counts,
                "rows": [_told(one) for one in report.answers],
            }
        )
    else:
        _print(report)
        if report.done is None and not dry_run:
            click.echo(gettext("Nothing was written."))
    return 0 if report.is_clean else REFUSED


def _told(answer: Answer) -> dict[str, Any]:
    from app.infra.i18n import sentence

    return {
        "line": answer.line,
        "outcome": answer.outcome.value,
        "name": answer.name,
        "faults": [{"field": one.column, "says": sentence(one.says)} for one in answer.faults],
        "notes": [{"field": one.column, "says": sentence(one.says)} for one in answer.notes],
        "maybe": [
            {"person": one.person.uid, "name": one.person.name, "likeness": one.likeness.score}
            for one in answer.candidates
        ],
    }


def _print(report: Report) -> None:
    from flask_babel import gettext

    from app.delivery.roster_words import OUTCOMES, column_name
    from app.infra.i18n import sentence

    for note in report.notes:
        click.echo(sentence(note.says))
    for answer in report.answers:
        click.echo(f"{answer.line}\t{gettext(OUTCOMES[answer.outcome])}\t{answer.name}")
        for one in (*answer.faults, *answer.notes):
            where = f"{column_name(one.column)}: " if one.column else ""
            click.echo(f"\t{where}{sentence(one.says)}")
        for maybe in answer.candidates:
            click.echo(f"\t? {maybe.person.name}\t{maybe.person.uid}")
