"""Commands for those who run the server: serve, work, and keep the database."""

from __future__ import annotations

from pathlib import Path

import click

from .commands import REFUSED, with_app


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True)
def serve(host: str, port: int, threads: int) -> None:
    """Serve the configured database, with a job worker beside it."""
    from .serving import serve as run

    click.echo(f"Vivero is at http://{host}:{port}")
    run(host, port, threads)


@click.command()
def worker() -> None:
    """Do the queued jobs until interrupted."""
    from .serving import work

    work()


@click.group()
def database() -> None:
    """Upgrade, check, back up and restore the database."""


@database.command()
@with_app
def upgrade() -> None:
    """Bring the database to the newest migration."""
    from . import migrations

    migrations.upgrade()
    click.echo("The database is up to date.")


@database.command()
@with_app
def check() -> int:
    """Say whether the database has every migration, agrees with the models, and holds together."""
    from . import backups, migrations

    faults = [*map(str, migrations.differences()), *backups.faults()]
    if migrations.is_behind():
        faults.append("migrations are missing")
    for fault in faults:
        click.echo(fault, err=True)
    if not faults:
        click.echo("The database is sound.")
    return REFUSED if faults else 0


@database.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_app
def backup(file: Path) -> None:
    """Write the database and people's files to FILE, consistent as of now, while the server goes on."""
    from . import backups

    rows = backups.write(file)
    click.echo(f"{rows} rows written to {file}.")


@database.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before replacing what is there.")
@with_app
def restore(file: Path, yes: bool) -> None:
    """Replace the database and people's files by those in FILE."""
    from . import backups

    if not yes:
        click.confirm("Everything in the present database will be replaced. Go on?", abort=True)
    rows = backups.read(file)
    click.echo(f"{rows} rows restored from {file}.")
