"""git itself, asked the same question; and Markdown texts to ask it about."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from hypothesis import strategies as st

_LINES = st.sampled_from(
    [
        "",
        "",
        "> ",
        "## Precios",
        "## Prices",
        "- Un punto",
        "- A point",
        "* Otro punto, con {{precio}}.",
        "| a | 25 |",
        "| --- | --- |",
        "```",
        "    ls -l",
        "La cooperativa vende café. No vende cacao.",
        "La cooperativa vende café y panela.",
        "One member, one vote. Nobody sells alone.",
        "One member has one vote.",
        "=======",
        "<<<<<<< HEAD",
        ">>>>>>> theirs",
    ]
)
_ENDS = st.sampled_from(["\n", "\n", "\n", ""])


@st.composite
def texts(draw: st.DrawFn, size: int = 25) -> str:
    """A Markdown text with many lines that occur more than once, as blank lines and table rules do."""
    lines = draw(st.lists(_LINES, max_size=size))
    return "\n".join(lines) + draw(_ENDS)


@st.composite
def descendants(draw: st.DrawFn, base: str) -> str:
    """A text made from another by replacing, inserting and deleting runs of lines and single words."""
    lines = base.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        gone = draw(st.integers(0, 3))
        lines[at : at + gone] = draw(st.lists(_LINES, max_size=3))
    return "\n".join(lines)


@st.composite
def triples(draw: st.DrawFn) -> tuple[str, str, str]:
    """A base and two texts that descend from it."""
    base = draw(texts())
    return base, draw(descendants(base)), draw(descendants(base))


def git_merge(base: str, ours: str, theirs: str) -> str | None:
    """What git writes when it settles everything, or None when it stops."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode())
        done = subprocess.run(
            ["git", "merge-file", "-p", "-q", "--diff3", *map(str, paths)], capture_output=True, check=False
        )
    return done.stdout.decode() if done.returncode == 0 else None
