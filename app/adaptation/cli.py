"""Commands on adapting: fork an edition, take in a parent's changes."""

from __future__ import annotations

from typing import Any

import click

from app.infra.commands import REFUSED, show_json, with_app


@click.command()
@click.argument("source", metavar="SLUG[@VERSION]")
@click.option("--from", "parent", required=True, help="Region of the edition to fork, e.g. 001.")
@click.option("--to", "region", required=True, help="Region of the new edition, e.g. PE or PE-SAM.")
@click.option(
    "--languages", default="", help="Languages it will be taught in, e.g. es,en; all of the parent's if none."
)
@click.option("--why", default="", help="What the edition is for.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def fork(source: str, parent: str, region: str, languages: str, why: str, as_json: bool) -> None:
    """Make an edition for a region from a release."""
    from app.adaptation import actions
    from app.curriculum.queries import editions
    from app.people.permissions import COMMAND_LINE, Permission

    slug, _, version = source.partition("@")
    release = editions.release(editions.get(COMMAND_LINE, slug, parent, Permission.READ_RELEASE), version or None)
    wanted = [language.strip() for language in languages.split(",") if language.strip()]
    edition = actions.fork(COMMAND_LINE, release, region, languages=wanted or None, why=why)
    if as_json:
        show_json({"edition": edition.name, "parent": f"{release.edition.name}@{release.version}"})
    else:
        click.echo(f"{edition.name} from {release.edition.name} {release.version}")


@click.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option("--to", "version", help="The parent's version to take in; its newest if none.")
@click.option("--apply", "apply", type=click.Choice(["safe"]), help="Accept every change that needs no person.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the blocks by outcome.")
@with_app
def sync(slug: str, region: str, version: str | None, apply: str | None, as_json: bool) -> int:
    """Plan what taking in the parent's changes would do, or accept what is safe.

    Exit status 1 when something is left for a person to decide.
    """
    from app.adaptation import actions
    from app.adaptation.queries import sync as queries
    from app.curriculum.queries import contents, editions, parents
    from app.people.permissions import COMMAND_LINE, Permission

    edition = editions.get(COMMAND_LINE, slug, region, Permission.SYNC_EDITION)
    told: list[dict[str, Any]] = []
    left = 0
    now = contents.state(editions.head_of(edition))
    for source in parents.sources(edition, now.local):
        release = editions.release(source.edition, version) if version else source.newest
        before = queries.prepare(edition, release)
        applied = apply is not None and source.waits and (any(q.safe for q in before.questions) or not before.questions)
        if applied:
            actions.apply_sync(COMMAND_LINE, edition, release, safe=True)
        after = queries.prepare(edition, release) if applied else before
        left += len(after.questions) if applied else sum(not q.safe for q in after.questions)
        told.append(queries.as_dict(before, applied=applied, left=after.questions))
    if as_json:
        show_json({"edition": edition.name, "sources": told, **(told[0] if told else {})})
    else:
        for line in told:
            _tell(line)
    return REFUSED if left else 0


def _tell(line: dict[str, Any]) -> None:
    counts = ", ".join(f"{name} {len(uids)}" for name, uids in line["blocks"].items() if uids and name != "unchanged")
    click.echo(f"{line['from']} {line['version']}: {counts or 'nothing to take in'}")
    if line["applied"]:
        click.echo("Accepted what needs no person.")
    for question in line["left"]:
        click.echo(f"  {question['outcome']}: {question['block']} {question['aspect']} – {question['why']}")
