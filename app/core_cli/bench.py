"""`vivero bench`: runs the benchmarks in tests/benchmarks of a checkout and prints their table."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]


@click.command()
@click.argument("name", required=False)
def bench(name: str | None) -> None:
    """Run all benchmarks, or the one called NAME. Exit status 1 when a limit is missed."""
    if not (ROOT / "tests" / "benchmarks").is_dir():
        raise click.ClickException("benchmarks come with a checkout of the repository, not with the installed package")
    sys.path.insert(0, str(ROOT))
    package = importlib.import_module("tests.benchmarks")
    found = [m.name for m in pkgutil.iter_modules(package.__path__) if m.name not in ("rows", "databases")]
    if name is not None and name not in found:
        raise click.BadParameter(f"choose one of: {', '.join(found)}")
    missed = 0
    for module in [name] if name else sorted(found):
        for row in importlib.import_module(f"tests.benchmarks.{module}").run():
            missed += not row.ok
            mark = "ok  " if row.ok else "MISS"
            click.echo(f"{mark} {module:14} {row.case:78} {row.measured:>12.4g} {row.unit:6} limit {row.limit:g}")
    sys.exit(1 if missed else 0)
