"""Commands on curricula: check files, load, list, lineage, compare, release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.core.errors import Refused
from app.infra.commands import REFUSED, show_json, with_app


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--why", default="", help="Why the original changed; stands in the history.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def load(folder: Path, why: str, as_json: bool) -> None:
    """Read curricula from FOLDER (one, or one per folder below it) as originals; twice changes nothing."""
    from app.curriculum import actions, originals
    from app.people.permissions import COMMAND_LINE

    read = [originals.read(path) for path in originals.folders(folder)]  # all of them, before any is written
    told = [_loaded(actions.load(COMMAND_LINE, original, why=why)) for original in read]
    if as_json:
        show_json({"originals": told})
        return
    for line in told:
        click.echo(_sentence(line))


def _loaded(loaded: Any) -> dict[str, Any]:
    return {
        "edition": loaded.edition.name,
        "changed": loaded.changed,
        "units": {"new": loaded.units_new, "changed": loaded.units_changed},
        "blocks": {"new": loaded.blocks_new, "changed": loaded.blocks_changed, "removed": loaded.blocks_removed},
        "released": loaded.released.version if loaded.released else None,
        "needs_version": loaded.waiting,
    }


def _sentence(line: dict[str, Any]) -> str:
    units, blocks = line["units"], line["blocks"]
    text = f"{line['edition']}: " + (
        f"{units['new']} units new, {units['changed']} changed; "
        f"blocks: {blocks['new']} new, {blocks['changed']} changed, {blocks['removed']} removed"
        if line["changed"]
        else "nothing changed"
    )
    if line["released"]:
        text += f"; released as {line['released']}"
    if line["needs_version"]:
        text += f"; not released: give version {line['needs_version']} or higher in curriculum.toml, or vivero release"
    return text


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(folder: Path, as_json: bool) -> None:
    """Look through the curricula in FOLDER before they are loaded; no database.

    Every unit has its parts, minutes that add up, objectives that are exercised and asked, questions with key and
    feedback; all languages agree in structure, keys and numbers; every variable is used. Words and reading ease of
    each unit are printed, and the hard ones listed. Exit code 1: something is at fault.
    """
    from app.curriculum import originals, proofreading

    proofs, unread = [], []
    try:
        found = originals.folders(folder)
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    for path in found:
        try:
            proofs.append(proofreading.proofread(path))
        except Refused as fault:
            unread.append({"folder": str(path), "problem": str(fault)})
    if as_json:
        show_json({"curricula": [proofreading.as_dict(proof) for proof in proofs], "unread": unread})
    else:
        for proof in proofs:
            _show_proof(proof)
        for line in unread:
            click.echo(f"{line['folder']}: {line['problem']}", err=True)
    if unread or any(proof.faults for proof in proofs):
        click.get_current_context().exit(REFUSED)


def _show_proof(proof: Any) -> None:
    """A line per unit and language, then what is hard to read, then what is at fault."""
    click.echo(f"{proof.slug}: {len(proof.pages)} unit texts, reading ease 100 (easy) to 0 (hard)")
    for page in proof.pages:
        click.echo(f"  {page.reading.ease:5.1f} {page.reading.words:6,} words  {page.file}")
    if proof.hard:
        click.echo(f"  Hard to read: {', '.join(page.file for page in proof.hard)}")
    for fault in proof.faults:
        click.echo(f"  {fault}", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def editions(as_json: bool) -> None:
    """List the editions with their newest version."""
    from app.curriculum.queries import editions as queries
    from app.people.permissions import COMMAND_LINE

    found = queries.visible(COMMAND_LINE)
    newest = queries.latest_releases([e.id for e in found])
    rows = [
        {
            "slug": e.slug,
            "region": e.region,
            "version": newest[e.id].version if e.id in newest else None,
            "languages": e.languages,
        }
        for e in found
    ]
    if as_json:
        show_json({"editions": rows})
        return
    for row, edition in zip(rows, found, strict=True):
        named = [str(row[key] or "-") for key in ("slug", "region", "version")]
        click.echo("\t".join([*named, ",".join(edition.languages)]))


@click.command()
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def lineage(slug: str, as_json: bool) -> None:
    """Show the tree of a curriculum's editions: version, releases behind, blocks per link state."""
    from app.curriculum.queries import lineage as queries
    from app.people.permissions import COMMAND_LINE

    nodes = queries.tree(COMMAND_LINE, slug)
    if as_json:
        show_json({"slug": slug, "editions": [queries.as_dict(node) for node in nodes]})
        return
    for node in nodes:
        counts = ", ".join(f"{state} {count}" for state, count in node.counts.items() if count)
        behind = f", {node.lag} behind" if node.lag else ""
        click.echo(f"{'  ' * node.depth}{node.region} {node.version or '-'}{behind} ({counts or 'original'})")


@click.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option("--from", "old", required=True, help="A version, or draft.")
@click.option("--to", "new", required=True, help="A version, or draft.")
@click.option("--words", is_flag=True, help="Show the changed words too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def diff(slug: str, region: str, old: str, new: str, words: bool, as_json: bool) -> int:
    """Compare two versions of an edition, block by block. Exit status 1 when they differ, as diff does."""
    from app.curriculum.queries import comparing
    from app.people.permissions import COMMAND_LINE

    found = comparing.compare(COMMAND_LINE, slug, region, old, new)
    if as_json:
        show_json({"changes": [comparing.as_dict(change) for change in found]})
    else:
        for change in found:
            for language, pair in change.texts.items() or {"": None}.items():
                click.echo(f"{change.how}\t{change.unit}\t{change.uid}\t{language}")
                if words and pair is not None:
                    click.echo(comparing.in_words(pair))
    return REFUSED if found else 0


@click.command()
@click.argument("slug")
@click.option("--region", required=True)
@click.option("--bump", type=click.Choice(["X", "Y", "Z"]), help="Raise the version further than computed.")
@click.option("--why", required=True, help="What this release is for.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_app
def release(slug: str, region: str, bump: str | None, why: str, as_json: bool) -> int:
    """Freeze an edition under its next version; refused with the list of what is missing."""
    from flask_babel import gettext

    from app.curriculum import actions
    from app.curriculum.actions.release import NotReady
    from app.curriculum.queries import editions as queries
    from app.curriculum.queries.readiness import raised
    from app.infra.i18n import sentence
    from app.people.permissions import COMMAND_LINE, Permission

    edition = queries.get(COMMAND_LINE, slug, region, Permission.RELEASE_EDITION)
    try:
        made = actions.release(COMMAND_LINE, edition, why, wanted=raised(edition, bump) if bump else None)
    except NotReady as refused:
        if as_json:
            missing = [{"block": uid, "why": why.value} for uid, why in refused.missing]
            show_json({"released": None, "missing": missing, "unmet": [one.sentence for one in refused.unmet]})
        else:
            click.echo(sentence(refused), err=True)
            for uid, reason in refused.missing:
                click.echo(f"  {uid}: {gettext(reason.value)}", err=True)
            for one in refused.unmet:
                click.echo(f"  {gettext(one.text) % one.parts}", err=True)
        return REFUSED
    if as_json:
        show_json({"released": made.version, "missing": [], "unmet": []})
    else:
        click.echo(f"{edition.name} {made.version}")
    return 0
