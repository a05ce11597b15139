"""`vivero convert`: Markdown to Word, HTML or PDF, and Word to Markdown. The formats are `app.interchange.formats`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.core.errors import Refused
from app.core_cli.files import write_whole

TO_MARKDOWN = {".docx", ".docm", ".dotx", ".doc", ".rtf", ".odt"}  # what cannot be read is refused with its reason
FROM_MARKDOWN = {".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf"}


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--language", default="", help="The text's language, such as es-PE; else as the files say.")
@click.option("--audience", type=click.Choice(["facilitator", "participant"]), default="facilitator", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: written, pictures, left_out.")
def convert(source: Path, target: Path, language: str, audience: str, as_json: bool) -> None:
    """Turn Markdown (a file, or a folder of modules and units) into .docx, .html or .pdf, or a .docx into .md.

    A .docx made by anyone becomes a folder of modules and units when OUT is a new folder (a name without an ending).

    Exit code 0: written. 1: IN cannot be converted, and the message says why. 2: wrong usage.
    """
    try:
        if source.suffix.lower() in TO_MARKDOWN and target.suffix.lower() == ".md":
            pictures, left_out = _to_markdown(source, target)
        elif source.suffix.lower() in TO_MARKDOWN and (target.is_dir() or not target.suffix):
            pictures, left_out = _to_folder(source, target, language)
        elif (
            source.is_dir() or source.suffix.lower() in (".md", ".markdown")
        ) and target.suffix.lower() in FROM_MARKDOWN:
            pictures, left_out = _from_markdown(source, target, language, audience)
        else:
            raise click.UsageError(
                "IN and OUT must be .md (or a folder) and .docx, .html or .pdf; or .docx and .md (or a folder)."
            )
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    except OSError as error:
        raise click.ClickException(f"{error.filename or source}: {error.strerror}.") from error
    if as_json:
        told = {"written": str(target), "pictures": pictures, "left_out": left_out}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for what, count in sorted(left_out.items()):
            click.echo(f"Left out: {count} × {what}", err=True)


def _from_markdown(source: Path, target: Path, language: str, audience: str) -> tuple[int, dict[str, int]]:
    from app.core_cli.sources import read_manual
    from app.interchange.formats.document import Audience
    from app.interchange.formats.write import write

    manual = read_manual(source, Audience(audience), language)
    write_whole(target, write(manual, FROM_MARKDOWN[target.suffix.lower()]))
    return len(manual.images), {}


def _to_markdown(source: Path, target: Path) -> tuple[int, dict[str, int]]:
    """Write the Markdown and its pictures; return how many pictures, and what was left out how often."""
    from app.interchange.formats.docx.reading import read_docx

    read = read_docx(_word_file(source), source.name)
    for name, data in read.pictures.items():
        place = target.parent / name
        place.parent.mkdir(exist_ok=True)
        write_whole(place, data)
    write_whole(target, read.markdown.encode())
    return len(read.pictures), dict(read.left_out)


def _to_folder(source: Path, target: Path, language: str) -> tuple[int, dict[str, int]]:
    """Write a folder of modules and units; return how many pictures, and what was left out how often."""
    from app.core_cli.drafting import write_folder
    from app.interchange.formats.docx.foreign import read_foreign
    from app.interchange.formats.docx.reading import left_out_of

    document = read_foreign(_word_file(source), source.name)
    write_folder(document, target, source.stem, language)
    return len(document.images), dict(left_out_of(document))


def _word_file(source: Path) -> bytes:
    """The bytes of a file, which is not opened when it is too large."""
    from app.interchange.formats.docx.opening import MOST_FILE_BYTES, TooLarge

    if source.stat().st_size > MOST_FILE_BYTES:
        raise TooLarge
    return source.read_bytes()
