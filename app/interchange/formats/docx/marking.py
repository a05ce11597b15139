"""Runs of text to Markdown that reads back as the same runs: emphasis, code, links, and what must be escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from app.interchange.formats.nodes import BOLD, CODE, ITALIC, STRIKE, Inline, Picture, Run

_SPECIAL = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_+(?=[^\s_])|(?<=[^\s_])_+(?![^\W_])|~(?=~)|(?<=~)~|<(?=https?://|mailto:)|&(?=#?\w+;)"
)
_LINE_START = re.compile(r"(#{1,6}(?=[ \t]|$)|[-+](?=[ \t]|$)|>|={1,}[ \t]*$|-{2,}[ \t]*$|/{3,}|~{3,}|\||\{:)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_ADDRESS = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C"})


def marked_up(runs: Iterable[Inline], *, plain_look: bool = False) -> str:
    """Return runs as Markdown; with `plain_look` without bold, for places that are bold by their style."""
    text = ""
    for href, group in groupby(_joined(runs, BOLD if plain_look else 0), key=_href):
        inner = "".join(_picture(run) if isinstance(run, Picture) else _marked(run) for run in group)
        text += f"[{inner.strip()}]({_address(href)})" if href and inner.strip() else inner
    lines = [line.strip() for line in text.split("\n")]
    return "  \n".join(line for line in lines if line)


def escape_line_start(text: str) -> str:
    """Return the lines of a paragraph so that none begins a heading, list, quotation or block."""
    lines = []
    for line in text.split("\n"):
        line = _NUMBER_START.sub(r"\1\\\2", line, count=1) if _NUMBER_START.match(line) else line
        lines.append("\\" + line if _LINE_START.match(line) else line)
    return "\n".join(lines)


def _joined(runs: Iterable[Inline], without: int) -> Sequence[Inline]:
    """Runs with neighbours of one look made one; Word cuts text wherever somebody typed."""
    found: list[Inline] = []
    for run in runs:
        if isinstance(run, Run):
            run = run._replace(marks=run.marks & ~without)
            last = found[-1] if found else None
            if isinstance(last, Run) and not run.text.strip() and last.href == run.href and not run.marks & CODE:
                run = run._replace(marks=last.marks)  # the look of white space is nobody's intention
            if isinstance(last, Run) and (last.marks, last.href) == (run.marks, run.href):
                found[-1] = last._replace(text=last.text + run.text)
                continue
            if not run.text:
                continue
        found.append(run)
    return found


def _href(run: Inline) -> str:
    return run.href if isinstance(run, Run) else ""


def _picture(picture: Picture) -> str:
    return f"![{_escaped(picture.alt)}]({_address(picture.source)})"


def _address(address: str) -> str:
    address = address.translate(_ADDRESS)
    return f"<{address}>" if "(" in address or ")" in address else address


def _marked(run: Run) -> str:
    words = run.text.strip()
    if not words:
        return run.text
    lead = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :]
    return lead + "\n".join(_wrapped(line, run.marks) for line in words.split("\n")) + tail


def _wrapped(text: str, marks: int) -> str:
    words = text.strip()
    if not words:
        return text
    if marks & CODE:
        ticks = "`" * (max((len(found) for found in re.findall("`+", words)), default=0) + 1)
        pad = " " if words[0] == "`" or words[-1] == "`" else ""
        words = f"{ticks}{pad}{words}{pad}{ticks}"
    else:
        words = _escaped(words)
    around = ("**" if marks & BOLD else "") + ("*" if marks & ITALIC else "")
    struck = "~~" if marks & STRIKE else ""
    return f"{struck}{around}{words}{around[::-1]}{struck}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: "&amp;" if match[0] == "&" else re.sub("(.)", r"\\\1", match[0]), text)
