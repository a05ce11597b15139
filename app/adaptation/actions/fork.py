"""Making an edition from a release. No content is written: the fork names the same manifest as its parent."""

from __future__ import annotations

from collections.abc import Sequence

from app.adaptation import rules
from app.curriculum.actions import ActSpec, commit
from app.curriculum.actions.commit import begin
from app.curriculum.manifests import Local
from app.curriculum.models import ActKind, Edition, Release
from app.curriculum.queries import contents, editions
from app.infra import clock, i18n
from app.infra.db import db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, Scope, check
from app.study import actions as study
from app.study.models import Need


@transactional
def fork(
    actor: Actor,
    release: Release,
    region: str,
    *,
    languages: Sequence[str] | None = None,
    why: str = "",
    need: Need | None = None,
) -> Edition:
    """Make the edition of a release's curriculum for another region, and return it.

    `languages` are those it will be taught in; all of the parent's when None. `need` is what it answers: the act stems
    from both, and the need says from then which edition took it up. Raises `UnknownRegion`,
    `EditionExists` or `NoSuchLanguage`.
    """
    parent = release.edition
    check(actor, Permission.FORK_EDITION, Scope(parent.slug, region))
    if not editions.may_read_release(actor, parent):
        raise editions.NoSuchEdition(name=parent.name)
    if not i18n.is_region(region):
        raise rules.UnknownRegion(region=region)
    editions.hold_family(parent)
    if editions.find(parent.slug, region) is not None:
        raise rules.EditionExists(name=f"{parent.slug}/{region}")
    chosen = list(dict.fromkeys(languages or parent.languages))
    rules.check_languages(chosen, parent.languages)
    source = contents.state(release.revision)
    edition = Edition(
        curriculum=parent.curriculum,
        region=region,
        parent=parent,
        languages=chosen,
        licence=parent.licence,
        credits=[],
        public=parent.public,
        created_at=clock.now(),
        created_by_id=actor.account_id,
    )
    db.session.add(edition)
    db.session.flush()
    local = Local(
        bases={module.uid: release.id for module in source.content.modules},
        resolved=source.local.resolved,
        media=source.local.media,
    )
    stems_from = f"{parent.name}@{release.version}" + (f"; need {need.id}" if need else "")
    act = begin(actor, edition, ActSpec(ActKind.FORK, why, stems_from))
    commit(
        actor,
        edition,
        act,
        content=source.content,
        local=local,
        like=release.revision,
    )
    if need is not None:
        study.take_up(actor, need, edition, act=act)
    return edition
