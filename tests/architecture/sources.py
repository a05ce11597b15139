"""The source files by what they are, for tests that read them without running them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
BELOW_FEATURES = {"core", "core_cli", "infra", "web"}


def parts(name: str) -> list[Path]:
    """Every feature's file or folder of this name: `web.py` and whatever is in `web/`."""
    features = [path for path in sorted(APP.iterdir()) if path.is_dir() and path.name not in BELOW_FEATURES]
    found: list[Path] = []
    for feature in features:
        found += [feature / f"{name}.py"] if (feature / f"{name}.py").exists() else []
        found += sorted((feature / name).rglob("*.py"))
    return found


@functools.cache
def tree(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(path.read_text("utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions a file defines at its top level."""
    return (node for node in tree(path).body if isinstance(node, ast.FunctionDef))


def place(path: Path, node: ast.AST) -> str:
    """Where this stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
