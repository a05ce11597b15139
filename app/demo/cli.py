"""`vivero demo`: builds the demonstration once and serves it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Throw the demonstration away and build it again.")
@click.option("--no-serve", is_flag=True, help="Only build the data.")
def demo(port: int, reset: bool, no_serve: bool) -> None:
    """Build the demonstration data and serve it on http://127.0.0.1:8000."""
    os.environ["VIVERO_DEMO"] = "1"
    os.environ.setdefault("VIVERO_DATA_DIR", "var/demo")
    data = Path(os.environ["VIVERO_DATA_DIR"])
    ready = data / "demo-ready"
    if reset or not ready.exists():
        shutil.rmtree(data, ignore_errors=True)
        _build()
        ready.touch()
    else:
        click.echo(f"The demonstration is in {data} already; --reset builds it again.")
    if no_serve:
        return
    from app.infra.serving import serve

    click.echo(f"Vivero is at http://127.0.0.1:{port}; the sign-in page shows the sample accounts. Ctrl+C ends it.")
    serve("127.0.0.1", port, threads=4)


def _build() -> None:
    from app import create_app
    from app.infra import migrations

    from .build import build

    application = create_app()
    with application.app_context():
        migrations.upgrade()
        with click.progressbar(length=100, label="Building the demonstration", width=30) as bar:
            shown = 0

            def progress(done: int, total: int, words: str) -> None:
                nonlocal shown
                bar.label = f"Building the demonstration: {words}"
                bar.update(done * 100 // total - shown)
                shown = done * 100 // total

            build(progress)
