"""Releasing an edition: what is missing, what it will be called, what changed; and a release to look at and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core import versions
from app.core.content import Uid
from app.core.errors import Refused
from app.core.merge import Lacking
from app.core.plain import plain, shortened
from app.core.variables import fill
from app.curriculum import actions, words
from app.curriculum.actions.commit import ChangedMeanwhile
from app.curriculum.actions.release import NothingNew
from app.curriculum.models import Edition
from app.curriculum.queries import changelog, contents, credits, deviations, editions, parents, reading
from app.curriculum.queries.gates import Unmet
from app.curriculum.queries.readiness import Readiness, readiness
from app.infra.i18n import language, sentence
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.errors import back, say
from app.web.pages import public, requires

from . import bp, citing, panels

LEVELS = (versions.Level.Z, versions.Level.Y, versions.Level.X)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that keeps the edition from being released, and where to mend it."""

    lacking: Lacking
    extract: str
    unit: Uid | None
    read: str
    mend: str


@bp.get("/<slug>/<region>/release")
@requires(Permission.RELEASE_EDITION)
def release(slug: str, region: str) -> ResponseReturnValue:
    """Show what a release would be: what is missing, its version and why, what changed."""
    return _page(editions.get(current_actor(), slug, region, Permission.RELEASE_EDITION))


@bp.post("/<slug>/<region>/release")
@requires(Permission.RELEASE_EDITION)
def make_release(slug: str, region: str) -> ResponseReturnValue:
    """Freeze the edition under its version."""
    edition = editions.get(current_actor(), slug, region, Permission.RELEASE_EDITION)
    why, wanted, seen = (request.form.get(name, "") for name in ("why", "version", "head"))
    head = int(seen) if seen.isdecimal() and len(seen) < 12 else -1
    try:
        made = actions.release(current_actor(), edition, why, wanted=wanted or None, expected_head=head)
    except ChangedMeanwhile:
        said = gettext("The edition was changed after you opened this page. Look once more at what will be released.")
        return _page(edition, fault=said, why=why, wanted=wanted)
    except NothingNew:
        newest = editions.latest_release(edition)
        if newest is not None and newest.revision_id == edition.head_id:
            return back(url_for(".show_release", slug=slug, region=region, version=newest.version))
        raise
    except Refused as refused:
        return _page(edition, fault=sentence(refused), why=why, wanted=wanted, status=refused.status)
    say(gettext("Version %(version)s is out.", version=made.version))
    return back(url_for(".show_release", slug=slug, region=region, version=made.version))


@bp.get("/<slug>/<region>/releases/<version>")
@public
def show_release(slug: str, region: str, version: str) -> ResponseReturnValue:
    """Show a release: who made it, when, why, what changed, whose words are in it.

    Who wrote each change is for those who work on the edition.
    """
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=version, language=request.args.get("in", language()))
    if seen.release is None:
        return back(url_for(".edition", slug=slug, region=region))
    listed = editions.releases(seen.edition)
    log = changelog.of_release(seen.release, seen.language)
    citing.read_for(act for change in log.changes for act in change.acts)
    return render_template(
        "curriculum/show_release.html",
        seen=seen,
        release=seen.release,
        changelog=log,
        words=words,
        chain=credits.chain(seen.edition, seen.release.revision),
        newest=listed[0],
        may_draft=editions.may_read_draft(actor, seen.edition),
        may_register=seen.edition.parent_id is not None and deviations.may_read(actor, seen),
        panels=panels.shown(panels.Place.RELEASE, panels.Subject(seen)),
    )


def _page(
    edition: Edition, *, fault: str = "", why: str = "", wanted: str = "", status: int = 409
) -> ResponseReturnValue:
    ready = readiness(edition)
    log = changelog.of_draft(edition, language())
    citing.read_for(act for change in log.changes for act in change.acts)
    page = render_template(
        "curriculum/release.html",
        edition=edition,
        ready=ready,
        gaps=_gaps(edition, ready.missing),
        unmet=[_still(edition, one) for one in ready.unmet],
        choices=_choices(ready),
        reasons=_reasons(ready),
        changelog=log,
        words=words,
        chain=credits.chain(edition, editions.head_of(edition)),
        fault=fault,
        why=why,
        wanted=wanted,
    )
    return page, status if fault else 200


def _choices(ready: Readiness) -> list[tuple[str, versions.Level]]:
    """The computed version and the higher ones a person may choose instead."""
    if ready.previous is None:
        return [(str(ready.bump.version), ready.bump.level)]
    current = versions.Version.parse(ready.previous.version)
    return [(str(current.raised(level)), level) for level in LEVELS if level >= ready.bump.level]


def _reasons(ready: Readiness) -> list[tuple[str, int]]:
    """Why that version: sentences in English, the strongest first, each with how often."""
    reasons = sorted(ready.bump.reasons.items(), key=lambda pair: -pair[0].level)
    return [(reason.text, len(uids)) for reason, uids in reasons]


def _still(edition: Edition, one: Unmet) -> dict[str, str]:
    """What a gate asks for, in the reader's language, and where it is done."""
    where = {"slug": edition.slug, "region": edition.region, **one.parts_of_address}
    return {
        "said": gettext(one.text) % one.parts if one.parts else gettext(one.text),
        "url": url_for(one.endpoint, **where),
    }


def _gaps(edition: Edition, missing: Sequence[tuple[Uid, Lacking]]) -> list[Gap]:
    """What is missing, each with where to read it and where to mend it."""
    if not missing:
        return []
    now = contents.state(editions.head_of(edition))
    base = parents.base_content(now.local)
    found = {uid: now.content.find(uid) or base.find(uid) for uid, _ in missing}
    blocks = {uid: place[1].blocks[place[2]] for uid, place in found.items() if place}
    texts = contents.bodies(d for block in blocks.values() for d in block.texts.values())
    order = [language(), *edition.languages]
    gaps = []
    for uid, lacking in missing:
        place, block = found[uid], blocks.get(uid)
        code = next((one for one in order if block and one in block.texts), None)
        words = texts.get(block.texts[code], "") if block and code else ""
        extract = shortened(plain(fill(words, now.local.values(code or ""))), 140)
        here: dict[str, Any] = {"slug": edition.slug, "region": edition.region}
        unit = place[1].uid if place else None
        read = url_for("curriculum.unit", unit=unit, _anchor=f"b-{uid}", **here) if unit else ""
        answered = lacking is Lacking.UNANSWERED
        mend = (
            url_for("adaptation.edit_block", block=uid, **here)
            if answered
            else url_for("adaptation.sync_question", subject=f"{uid}:", **here)
        )
        gaps.append(Gap(lacking, extract, unit, read, mend))
    return gaps
