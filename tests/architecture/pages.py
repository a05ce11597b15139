"""Every page with the access it asks for, as the lines of pages.txt; `python -m tests.architecture.pages` writes it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Flask

from app import create_app
from app.web import pages

LIST = Path(__file__).with_name("pages.txt")
HOW_TO_UPDATE = "python -m tests.architecture.pages"


def bare_app(folder: Path) -> Flask:
    """The application with a database that nothing has been put into, for looking at its addresses."""
    return create_app(DATABASE_URL="sqlite://", DATA_DIR=str(folder), SECRET_KEY="for tests")


def lines(app: Flask) -> list[str]:
    """One line per address: methods, address, access."""
    return [
        f"{' '.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'})):<10}{rule.rule:<72}"
        f"{pages.stated(app.view_functions[rule.endpoint]) or 'NOTHING STATED'}"
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        LIST.write_text("\n".join(lines(bare_app(Path(name)))) + "\n", "utf-8")
