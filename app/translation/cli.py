"""`vivero translation …`: pairs of older databases, how far editions are, what the memory knows, a glossary file."""

from __future__ import annotations

from pathlib import Path

import click

from app.infra.commands import show_json, with_app


@click.group()
def translation() -> None:
    """Translating: rebuild pairs, show progress, ask the memory."""


@translation.command()
@with_app
def rebuild() -> None:
    """Find out which text was made of which in a database that is older than the memory; safe to repeat."""
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE
    from app.translation import actions

    for edition in sorted(editions.visible(COMMAND_LINE), key=lambda one: one.id):  # parents first
        found = actions.rebuild(COMMAND_LINE, edition)
        click.echo(f"{edition.name}\t{found}")


@translation.command()
@click.argument("slug", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def status(slug: str | None, as_json: bool) -> None:
    """Show how far editions are in each language they are translated into."""
    from app.core.translating import Status
    from app.people.permissions import COMMAND_LINE
    from app.translation.queries import status as queries

    lines = queries.matrix(COMMAND_LINE, slug=slug)
    if as_json:
        show_json(
            {
                line.edition.name: {
                    language: {status.value: getattr(line.total(language), status) for status in Status}
                    for language in line.sources
                }
                for line in lines
            }
        )
        return
    for line in lines:
        for language, source in line.sources.items():
            found = line.total(language)
            told = [f"{status.value} {number}" for status in Status if (number := getattr(found, status))]
            click.echo("\t".join([line.edition.name, f"{source} → {language}", ", ".join(told)]))


@translation.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option("--language", required=True, help="The language to translate into.")
@click.argument("text")
@with_app
def memory(slug: str, region: str, language: str, text: str) -> int:
    """Ask the memory for translations of a text like TEXT; exit status 1 when it knows none."""
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE, Permission
    from app.translation import rules
    from app.translation.queries import memory as queries
    from app.translation.queries.desks import desk

    edition = editions.get(COMMAND_LINE, slug, region, Permission.TRANSLATE)
    at = desk(edition, language)
    if at.source is None:
        raise rules.SourceText(language=language)
    found = queries.alike(queries.Reader(COMMAND_LINE, edition), text, at.source, language)
    for match in found:
        where = match.edition.name if match.edition is not None else match.note
        click.echo(f"{match.alike:.0%}\t{where}\t{match.target_text}")
    return 0 if found else 1


@translation.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_app
def glossary(file: Path) -> None:
    """Read a glossary in TOML, as app/demo/glossary.toml is; entries there already are brought up to date."""
    from app.people.permissions import COMMAND_LINE
    from app.translation import actions
    from app.translation.glossaryfile import read

    added, changed = actions.import_terms(COMMAND_LINE, read(file.read_text("utf-8")))
    click.echo(f"{added} added, {changed} changed")
