"""Commands for taking an edition out; bringing files in is `importing`'s."""

from __future__ import annotations

from pathlib import Path

import click

from app.infra.commands import show_json, with_app


@click.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option(
    "--version", help="A release, or draft; the newest release if none. What is to be worked on is always the draft."
)
@click.option("--language", default="", help="Language of the file; for po, xliff and tmx the one translated into.")
@click.option(
    "--format",
    "kind",
    required=True,
    help="To read and print: docx, pdf, html. To comment in Word: docx-redline. To translate: po, xliff, tmx, tbx or"
    " csv (glossary). To work without a connection: package.",
)
@click.option("--since", help="For docx-redline: the version to compare with, or parent for what departs from it.")
@click.option("--audience", default="facilitator", show_default=True, help="facilitator or participant.")
@click.option("--only-open", is_flag=True, help="For po and xliff: only what is missing or out of date.")
@click.option("--module", default="", help="For po and xliff: only this module, by its uid.")
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
    only_open: bool,
    module: str,
    output: Path,
    as_json: bool,
) -> None:
    """Write an edition as a file.

    \b
    docx, pdf, html  a manual to print, hand out or send on
    docx-redline     Word with what changed since a version, or departs from the parent, as tracked changes
    po, xliff        the texts to translate, for Poedit, OmegaT, Virtaal and others; they come back with vivero import
    tmx              the translations as a memory for other tools
    tbx, csv         the glossary that holds in the edition
    package          the draft as a folder of Markdown, to be worked on anywhere and brought back with vivero import
    """
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE, Permission

    from .exchanging import outgoing
    from .exporting import Wish, make

    edition = editions.get(COMMAND_LINE, slug, region, Permission.EXPORT_EDITION)
    if not language and kind not in outgoing.WITHOUT_LANGUAGE:
        raise click.UsageError("Missing option '--language'.")
    if kind in outgoing.FORMATS:
        shown = "draft"
        if version not in (None, shown):
            raise outgoing.NotOfARelease(format=kind)
        wanted = outgoing.Wanted(language, only_open=only_open, module=module)
        data, _ = outgoing.make(COMMAND_LINE, edition, kind, wanted)
    else:
        shown = version or editions.release(edition, None).version
        data = make(COMMAND_LINE, Wish(slug, region, shown, language, kind, audience, since))
    output.write_bytes(data)
    if as_json:
        show_json({"edition": edition.name, "version": shown, "bytes": len(data), "file": str(output)})
    else:
        click.echo(f"{edition.name} {shown}: {len(data)} bytes in {output}")
