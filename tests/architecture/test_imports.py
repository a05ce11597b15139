"""The import contracts of pyproject.toml hold, and each of them fails when somebody breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import APP, ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

BREACHES = [
    ("layers", "app/infra/clock.py", "import app.web.pages"),
    ("layers", "app/web/pages.py", "from app.people import permissions"),
    ("layers", "app/people/queries.py", "from app.curriculum import models"),
    ("layers", "app/curriculum/models.py", "from app.adaptation import models"),
    ("layers", "app/adaptation/models.py", "from app.interchange import web"),
    ("layers", "app/home/web.py", "from app.interchange import web"),
    ("layers", "app/core/errors.py", "from app.infra import clock"),
    ("layers", "app/people/models.py", "from app import create_app"),
    ("layers", "app/somewhere/__init__.py", "import json"),
    ("core-is-pure", "app/core/errors.py", "import sqlalchemy"),
    ("core-is-pure", "app/core/content.py", "def late() -> None:\n    from flask import request"),
    ("formats-are-pure", "app/interchange/formats/__init__.py", "from app.infra import storage"),
    ("small-commands", "app/core_cli/blocks.py", "from app.people import models"),
    ("one-login", "app/web/pages.py", "from flask_login import current_user"),
    ("rules-are-pure", "app/people/rules.py", "from app.infra.db import db"),
    ("rules-are-pure", "app/people/permissions.py", "from . import queries"),
]


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(("contract", "path", "line"), BREACHES, ids=[f"{c}-{p}" for c, p, _ in BREACHES])
def test_a_broken_import_breaks_its_contract(tmp_path: Path, contract: str, path: str, line: str) -> None:
    shutil.copytree(APP, tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    broken = tmp_path / path
    broken.parent.mkdir(exist_ok=True)
    with broken.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    answer = lint(tmp_path, "--contract", contract)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "1 broken" in answer.stdout
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert module in answer.stdout
