"""Commands for taking an edition out."""

from __future__ import annotations

from pathlib import Path

import click

from app.infra.commands import show_json, with_app


@click.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option("--version", help="A release, or draft; the newest release if none.")
@click.option("--language", required=True)
@click.option("--format", "kind", required=True, help="docx, docx-redline, pdf or html.")
@click.option("--since", help="The version to compare with, for docx-redline.")
@click.option("--audience", default="facilitator", show_default=True, help="facilitator or participant.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def export(
    slug: str,
    region: str,
    version: str | None,
    language: str,
    kind: str,
    since: str | None,
    audience: str,
    output: Path,
    as_json: bool,
) -> None:
    """Write an edition as a file."""
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE, Permission

    from .exporting import Wish, make

    edition = editions.get(COMMAND_LINE, slug, region, Permission.EXPORT_EDITION)
    shown = version or editions.release(edition, None).version
    data = make(COMMAND_LINE, Wish(slug, region, shown, language, kind, audience, since))
    output.write_bytes(data)
    if as_json:
        show_json({"edition": edition.name, "version": shown, "bytes": len(data), "file": str(output)})
    else:
        click.echo(f"{edition.name} {shown}: {len(data)} bytes in {output}")
