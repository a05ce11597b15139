"""`vivero import`: which kind of file is brought in by whom. What becomes of it is each importer's own matter.

`IMPORTERS` is the table, by ending; whoever brings in another kind of file adds a line to it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.infra.commands import REFUSED, show_json, with_app

if TYPE_CHECKING:
    from app.interchange.exchanging.command import Order, Told

WORD = frozenset({".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf"})  # what is no Word file hears why
_COMMAND = "app.interchange.exchanging.command"
IMPORTERS: dict[str, str] = {
    ".po": f"{_COMMAND}:translation",
    ".xlf": f"{_COMMAND}:translation",
    ".xliff": f"{_COMMAND}:translation",
    ".tmx": f"{_COMMAND}:memory",
    ".tbx": f"{_COMMAND}:glossary",
    ".csv": f"{_COMMAND}:glossary",
    ".zip": f"{_COMMAND}:package",
}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", "slug", required=True, help="The curriculum, by its short name.")
@click.option("--region", required=True)
@click.option("--language", default="", help="Of a file that does not say it itself.")
@click.option("--as", "way", type=click.Choice(["draft", "review", "translation"]), help="What a Word file becomes.")
@click.option("--licence", default="", help="For a draft: the licence it may be used under.")
@click.option("--credit", "credits", multiple=True, help="For a draft: who wrote it; may be given several times.")
@click.option("--why", default="", help="Why it is brought in; for a draft, why you may use it.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def import_file(
    file: Path,
    slug: str,
    region: str,
    language: str,
    way: str | None,
    licence: str,
    credits: tuple[str, ...],
    why: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Bring in a file that people worked on elsewhere.

    \b
    docx           a reviewed copy of the edition as proposals and comments (--as review), or a manual made by anyone
                   as the draft of a new original (--as draft)
    po, xliff      translations
    tmx            a memory of translations
    tbx, csv       a glossary
    zip            an offline package

    Exit code 0: brought in, and what has no place is listed. 1: refused, or something is left for a person.
    """
    from app.interchange.rules import BadUpload, UnknownEnding

    from .formats.docx.opening import MOST_FILE_BYTES, TooLarge

    ending = file.suffix.lower()
    if ending not in WORD and ending not in IMPORTERS:
        raise UnknownEnding(file=file.name, known=", ".join([".docx", *IMPORTERS]))
    if file.stat().st_size > MOST_FILE_BYTES:
        raise BadUpload(file=file.name, problem=TooLarge())
    if ending not in WORD:
        return _other(file, slug, region, language, why, dry_run=dry_run, as_json=as_json)
    from .wordfiles import Wanted

    wanted = Wanted(file.read_bytes(), file.name, slug, region, language, way or "", dry_run, licence, credits, why)
    _tell(wanted, as_json=as_json)
    return 0


def _tell(wanted: Any, *, as_json: bool) -> None:
    from app.people.permissions import COMMAND_LINE

    from .wordfiles import bring_word

    done = bring_word(COMMAND_LINE, wanted)
    left = [dict(one) for one in done.unplaced]
    if as_json:
        head = {"edition": done.edition, "as": done.way, "dry_run": wanted.dry_run, "applied": not wanted.dry_run}
        show_json({**head, "counts": dict(done.counts), "unplaced": left})
        return
    counted = ", ".join(f"{name} {number}" for name, number in done.counts.items())
    click.echo(f"{done.edition}{' (dry run)' if wanted.dry_run else ''}: {counted}")
    for one in left:
        said = ", ".join(str(one[name]) for name in ("author", "at") if one.get(name))
        click.echo(f"  {one['what']}{f' ({said})' if said else ''}: {one['text']} – {one['why']}")


def _other(file: Path, slug: str, region: str, language: str, why: str, *, dry_run: bool, as_json: bool) -> int:
    """Hand a file of another tool to its importer."""
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE, Permission

    from .exchanging.command import Order

    edition = editions.get(COMMAND_LINE, slug, region, Permission.IMPORT_CONTENT)
    ending = file.suffix.lower()
    order = Order(COMMAND_LINE, edition, file.name, ending, file.read_bytes(), language, why, dry=dry_run)
    module, _, name = IMPORTERS[ending].partition(":")
    importer: Callable[[Order], Told] = getattr(importlib.import_module(module), name)
    told = importer(order)
    if as_json:
        show_json(told.json)
    else:
        for line in told.lines:
            click.echo(line)
    return REFUSED if told.left else 0
