"""`vivero blocks`: a Markdown file as its blocks, one JSON object a line. The splitting is `app.core.splitting`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.core.content import canonical
from app.core.splitting import split, split_front_matter

LARGEST_FILE_BYTES = 20_000_000


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def blocks(file: Path) -> None:
    """Split a Markdown FILE into blocks: one JSON object a line, with "kind" and "text".

    Each text carries the blank lines that follow it; joined, they are the file's canonical form (composed Unicode,
    plain line ends, no trailing space, reference-style links made inline). YAML between dashes at the top has the
    kind "front_matter". Exit code 1: the file cannot be read as UTF-8 text.
    """
    head, body = split_front_matter(canonical(_read(file)))
    if head:
        _print("front_matter", head)
    for piece in split(body):
        _print(piece.kind, piece.text + piece.gap)


def _print(kind: str, text: str) -> None:
    click.echo(json.dumps({"kind": str(kind), "text": text}, ensure_ascii=False).encode())


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise click.ClickException(f"{path} is larger than {LARGEST_FILE_BYTES // 1_000_000} MB.")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not UTF-8 text (byte {error.start + 1}).") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}.") from error
