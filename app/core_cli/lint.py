"""`vivero lint`: the language checks on a Markdown file. The checks themselves are `app.core.language`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from app.core.content import canonical
from app.core.errors import Refused
from app.core.language import RULES, Policy, Remark, Style, inclusive, plain_language
from app.core.splitting import split, split_front_matter
from app.core_cli.files import read_text

LARGEST_FILE_BYTES = 20_000_000
SPANISH = "es"


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default=SPANISH, show_default=True, help="Language of the text, such as es or es-PE.")
@click.option(
    "--policy",
    type=click.Choice([str(style) for style in Style]),
    default=str(Style.NEUTRAL),
    show_default=True,
    help="How people are to be named: not checked, in neutral words, or in split forms.",
)
@click.option("--plain", is_flag=True, help="Look for what is hard to read as well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def lint(file: Path, language: str, policy: str, plain: bool, as_json: bool) -> None:
    """Look through the wording of a Markdown FILE: who is left out, and with --plain what is hard to read.

    With --json each finding is one object on a line: "block", "text", "rule", "suggestions". Blocks are numbered from
    0, as `vivero blocks` lists them. Rules that begin with "inclusive-" are for Spanish; "plain-" rules need --plain.
    Findings are advice: exit code 0 with and without them. 1: the file cannot be read as UTF-8 text.
    """
    try:
        text = read_text(file, LARGEST_FILE_BYTES)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    if not _is_spanish(language):
        click.echo(f"There are no inclusive rules for the language {language}.", err=True)
    for number, remark in _remarks(text, language, Policy(Style(policy)), plain):
        click.echo((_as_json(number, remark) if as_json else _as_text(number, remark)).encode())


def _remarks(text: str, language: str, policy: Policy, plain: bool) -> Iterator[tuple[int, Remark]]:
    head, body = split_front_matter(canonical(text))
    for number, piece in enumerate(split(body), start=1 if head else 0):
        found = inclusive(piece.text, policy) if _is_spanish(language) else []
        if plain:
            found += plain_language(piece.text, language)
        for remark in sorted(found, key=lambda remark: remark.start):
            yield number, remark


def _is_spanish(language: str) -> bool:
    return language.lower().replace("_", "-").split("-")[0] == SPANISH


def _as_json(number: int, remark: Remark) -> str:
    fields = {"block": number, "text": remark.text, "rule": remark.rule, "suggestions": list(remark.suggestions)}
    return json.dumps(fields, ensure_ascii=False)


def _as_text(number: int, remark: Remark) -> str:
    flagged = " ".join(remark.text.split())
    instead = f" → {' · '.join(remark.suggestions)}" if remark.suggestions else ""
    return f"{number}: {flagged}{instead}\n    {remark.rule}: {RULES[remark.rule]}"
