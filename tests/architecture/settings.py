"""The table of settings in the README, made from app/config.py. `python -m tests.architecture.settings` writes it."""

from __future__ import annotations

import re

from app.config import SETTINGS

from .sources import ROOT

README = ROOT / "README.md"
HOW_TO_UPDATE = "python -m tests.architecture.settings"
SECTION = re.compile(r"<!-- settings -->\n(.*?)<!-- /settings -->", re.DOTALL)
BARE = "# Vivero\n\n## Settings\n\n<!-- settings -->\n<!-- /settings -->\n"


def table() -> str:
    """The settings as a Markdown table: variable, default, meaning."""
    rows = ["| Variable | Default | Meaning |", "|---|---|---|"]
    rows += [f"| `{s.variable}` | {f'`{s.default}`' if s.default else '–'} | {s.meaning} |" for s in SETTINGS]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    text = README.read_text("utf-8") if README.exists() else BARE
    if SECTION.search(text) is None:
        text = f"{text.rstrip()}\n\n## Settings\n\n<!-- settings -->\n<!-- /settings -->\n"
    README.write_text(SECTION.sub(lambda _: f"<!-- settings -->\n{table()}<!-- /settings -->", text), "utf-8")
