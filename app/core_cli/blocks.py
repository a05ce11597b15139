"""`vivero blocks`: a Markdown file as its blocks, one JSON object a line. The splitting is `app.core.splitting`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.core.content import canonical
from app.core.errors import Refused
from app.core.splitting import split, split_front_matter
from app.core_cli.files import read_text

LARGEST_FILE_BYTES = 20_000_000


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def blocks(file: Path) -> None:
    """Split a Markdown FILE into blocks: one JSON object a line, with "kind" and "text".

    Each text carries the blank lines that follow it; joined, they are the file's canonical form (composed Unicode,
    plain line ends, no trailing space, reference-style links made inline). YAML between dashes at the top has the
    kind "front_matter". Exit code 1: the file cannot be read as UTF-8 text.
    """
    try:
        text = read_text(file, LARGEST_FILE_BYTES)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    head, body = split_front_matter(canonical(text))
    if head:
        _print("front_matter", head)
    for piece in split(body):
        _print(piece.kind, piece.text + piece.gap)


def _print(kind: str, text: str) -> None:
    click.echo(json.dumps({"kind": str(kind), "text": text}, ensure_ascii=False).encode())
