"""`vivero merge`: three plain files in, one merged file out. The merging itself is `app.core.prose`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.core.errors import Refused
from app.core.prose import Place, TextMerge, merge_text
from app.core.prose.markers import with_markers
from app.core_cli.files import read_text, write_whole

LARGEST_FILE_BYTES = 10_000_000

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the merged text here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: clean, parts, places.")
@click.option("--accept-proposals", is_flag=True, help="Fill the places whose proposal needs no careful reading.")
def merge(base: Path, ours: Path, theirs: Path, output: Path | None, as_json: bool, accept_proposals: bool) -> None:
    """Merge two versions of a Markdown text that descend from BASE.

    Exit code 0: nothing is left to decide. 1: places are left, shown between conflict markers. 2: wrong usage.
    """
    try:
        merged = merge_text(*(read_text(path, LARGEST_FILE_BYTES) for path in (base, ours, theirs)))
        if accept_proposals:
            merged = merged.accepting(lambda place: None if place.careful else place.proposal)
        if output is not None:
            write_whole(output, with_markers(merged).encode())
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    if as_json:
        click.echo(json.dumps(_as_json(merged), ensure_ascii=False).encode())
    elif output is None:
        click.echo(with_markers(merged).encode(), nl=False)
    raise SystemExit(0 if merged.clean else 1)


def _as_json(merged: TextMerge) -> dict[str, object]:
    return {"clean": merged.clean, "parts": list(merged.parts), "places": [_place(place) for place in merged.places]}


def _place(place: Place) -> dict[str, object]:
    return {
        "base": place.base,
        "ours": place.ours,
        "theirs": place.theirs,
        "proposal": place.proposal,
        "careful": place.careful,
        "why": place.why.value,
    }


if __name__ == "__main__":
    merge()
