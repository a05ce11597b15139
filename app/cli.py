"""`vivero …`: gathers every feature's commands; each is loaded only when called, so that the small ones start fast."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("app.demo.cli:demo", "Build the demonstration data and serve it."),
    "serve": ("app.infra.cli:serve", "Serve the configured database, with a worker beside it."),
    "worker": ("app.infra.cli:worker", "Do the queued jobs."),
    "db": ("app.infra.cli:database", "Upgrade, check, back up and restore the database."),
    "user": ("app.people.cli:user", "Make the first administrator and other accounts."),
    "check": ("app.curriculum.cli:check", "Look through curricula on disk before they are loaded; no database."),
    "load": ("app.curriculum.cli:load", "Read curricula from files as originals."),
    "editions": ("app.curriculum.cli:editions", "List the editions."),
    "lineage": ("app.curriculum.cli:lineage", "Show a curriculum's tree of editions."),
    "diff": ("app.curriculum.cli:diff", "Compare two versions of an edition."),
    "fork": ("app.adaptation.cli:fork", "Make an edition for a region from a release."),
    "sync": ("app.adaptation.cli:sync", "Plan or take in the parent edition's changes."),
    "release": ("app.curriculum.cli:release", "Freeze an edition under a version."),
    "translation": ("app.translation.cli:translation", "Ask the memory, show progress, rebuild pairs."),
    "export": ("app.interchange.cli:export", "Write an edition as a file: to print, to translate, to take along."),
    "import": ("app.interchange.importing:import_file", "Bring in a file that people worked on elsewhere."),
    "roster": ("app.delivery.cli:roster", "Write the list of a cohort to a file, and bring one in."),
    "convert": ("app.core_cli.convert:convert", "Turn Markdown into Word and back; no database."),
    "merge": ("app.core_cli.merge:merge", "Merge three versions of a Markdown text; no database."),
    "blocks": ("app.core_cli.blocks:blocks", "Split a Markdown file into blocks; no database."),
    "lint": ("app.core_cli.lint:lint", "Look through the wording of a Markdown file; no database."),
    "rules": ("app.core_cli.rules:rules", "List every rule with its first sentence and place."),
    "bench": ("app.core_cli.bench:bench", "Run the benchmarks."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when called; their names and one-line helps are known without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 -- our own table, checked by a test
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vivero")
def vivero() -> None:
    """Vivero: curricula that are forked, adapted, merged, released and taught."""


def main() -> Any:
    """Run the command line."""
    sys.exit(vivero())


if __name__ == "__main__":
    main()
