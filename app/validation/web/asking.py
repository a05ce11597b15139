"""What waits for a person on the first page: a signature, an edition to move on, observations without a decision."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext, ngettext

from app.curriculum.models import Edition
from app.curriculum.queries import editions, overview
from app.curriculum.web.waiting import Waiting
from app.infra.i18n import language, region_name
from app.people.permissions import Actor, Permission, allows
from app.validation import stage_words
from app.validation.models import EditionStage
from app.validation.queries import pilots, signing, stages
from app.validation.rules import stages as rules

MOST_ASKED = 3  # editions whose gates are asked each time the first page is opened


def waiting_for(actor: Actor) -> list[Waiting]:
    """What waits in the editions that are on their way; a number of queries that does not grow with them."""
    rows = stages.under_way()
    found = {row.edition_id: row.edition for row in rows if editions.may_read_draft(actor, row.edition)}
    if not found:
        return []
    return [*_signatures(actor, rows, found), *_moves(actor, rows, found), *_observations(actor, found)]


def _signatures(actor: Actor, rows: Sequence[EditionStage], found: dict[int, Edition]) -> list[Waiting]:
    standing = {row.edition_id: row.stage for row in rows}
    asked = [
        edition
        for edition in found.values()
        if standing.get(edition.id) == "sign_off" and allows(actor, Permission.SIGN_OFF, editions.scope_of(edition))
    ]
    lacking = signing.missing_in(asked)
    result = []
    for edition in asked:
        mine = [role for role in rules.may_sign(actor, editions.scope_of(edition)) if role in lacking[edition.id]]
        if mine:
            result.append(
                Waiting(
                    title=gettext("Your signature is asked for"),
                    url=url_for("validation.signatures", slug=edition.slug, region=edition.region),
                    do=gettext("Read and sign"),
                    over=_over(edition),
                    text=", ".join(gettext(stage_words.SIGN_ROLES[role]) for role in mine),
                    urgent=True,
                )
            )
    return result


def _moves(actor: Actor, rows: Sequence[EditionStage], found: dict[int, Edition]) -> list[Waiting]:
    result: list[Waiting] = []
    asked = 0
    known = rules.processes()
    for row in rows:
        edition = found.get(row.edition_id)
        if edition is None or asked == MOST_ASKED or row.process not in known:
            continue
        process = rules.process(row.process)
        now = next((one for one in process.stages if one.key == row.stage), process.stages[0])
        last = process.stages[-1] is now
        if last or not rules.holds(actor, now.roles, editions.scope_of(edition)):
            continue
        asked += 1
        if not stages.missing_at(edition, now):
            result.append(
                Waiting(
                    title=gettext("Ready to go on: “%(stage)s” is done", stage=stage_words.stage(now.key)),
                    url=url_for("validation.stages", slug=edition.slug, region=edition.region),
                    do=gettext("Move it on"),
                    over=_over(edition),
                )
            )
    return result


def _observations(actor: Actor, found: dict[int, Edition]) -> list[Waiting]:
    runs = {
        one.id: one
        for one in found.values()
        if allows(actor, Permission.RUN_VALIDATION, editions.scope_of(one))
    }  # fmt: skip
    return [
        Waiting(
            title=ngettext(
                "%(num)s observation of a pilot waits for a decision",
                "%(num)s observations of a pilot wait for a decision",
                undecided,
            ),
            url=url_for("validation.pilots", slug=runs[edition_id].slug, region=runs[edition_id].region),
            do=gettext("Decide"),
            over=_over(runs[edition_id]),
        )
        for edition_id, (undecided, _) in sorted(pilots.open_observations(sorted(runs)).items())
        if undecided
    ]


def _over(edition: Edition) -> str:
    return f"{overview.title_of(edition, language())} · {region_name(edition.region)}"
