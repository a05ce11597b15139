"""Reading what exports need: an edition as a manual, and the export jobs people have started."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import select

from app.core.content import LinkState, Uid, Unit
from app.core.languages import digest_in
from app.core.merge import departures
from app.core.variables import fill
from app.curriculum.models import Act, Edition
from app.curriculum.queries import contents, editions, overview, parents, reading
from app.infra import storage
from app.infra.db import db
from app.infra.i18n import WORLD
from app.infra.jobs import Job
from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit
from app.people.permissions import Actor

from .credits import acknowledged, lines, place

_MARKS = re.compile(r"([\\`*_\[\]<>|#])")  # what Markdown would read as more than a letter


def manual(seen: reading.View, audience: Audience) -> Manual:
    """An edition at one version, in one language, for one audience, with its own values filled in."""
    content, local = seen.state.content, seen.state.local
    language = seen.language
    values = {name: _MARKS.sub(r"\\\1", value) for name, value in local.values(language).items()}
    texts = contents.bodies(name for _, _, b in content.blocks() if (name := digest_in(b.texts, language)))
    order = [language, *seen.edition.languages]
    titles = contents.bodies(contents.title_digests(content))
    edition = seen.edition

    def unit(one: Unit) -> ManualUnit:
        blocks = tuple(
            ManualBlock(b.uid, b.kind.value, fill(texts[name], values), texts[name])
            for b in one.blocks
            if (name := digest_in(b.texts, language))
        )
        title = fill(contents.unit_title(one, titles, order), values)
        return ManualUnit(one.uid, title, one.minutes, blocks)

    return Manual(
        title=overview.title_of(edition, language.partition("-")[0]),
        language=language,
        modules=tuple(
            ManualModule(
                m.uid, digest_in(m.titles, language) or next(iter(m.titles.values())), tuple(map(unit, m.units))
            )
            for m in content.modules
        ),
        edition=place(edition.region, language),
        version=seen.version,
        region=edition.region,
        region_name="" if edition.region == WORLD else place(edition.region, language),
        audience=audience,
        credits=tuple(lines(seen, language)),
        acknowledged=acknowledged(seen, language),
        licence=edition.licence,
        released_on=seen.release.at.date() if seen.release else None,
        images={name: storage.get(stored) for name, stored in local.media.items()},
        slug=edition.slug,
        revision=str(seen.revision.id),
        values=values,
    )


def reasons(seen: reading.View) -> dict[Uid, str]:
    """Why blocks differ from the parent edition, by block."""
    local = seen.state.local
    found = departures(parents.base_content(local), seen.state.content, local.links)
    acts = _acts([int(d.act) for d in found if d.act is not None])
    return {
        d.uid: acts[int(d.act)]
        for d in found
        if d.act is not None and d.state is not LinkState.FOLLOW and acts.get(int(d.act))
    }


def _acts(ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(select(Act.id, Act.why).where(Act.id.in_(sorted(set(ids)))))
    return {row.id: row.why for row in rows}


def exports(actor: Actor, edition: Edition, limit: int = 20) -> list[Job]:
    """The exports of an edition that this person has started, newest first."""
    jobs = db.session.scalars(
        select(Job).where(Job.kind == "export", Job.account_id == actor.account_id).order_by(Job.id.desc()).limit(200)
    )
    return [job for job in jobs if (job.arguments["slug"], job.arguments["region"]) == (edition.slug, edition.region)][
        :limit
    ]


def export(actor: Actor, slug: str, region: str, job_id: int) -> Job:
    """One of this person's exports; somebody else's is not found."""
    job = db.session.get(Job, job_id)
    if (
        job is None
        or job.kind != "export"
        or job.account_id != actor.account_id
        or (job.arguments["slug"], job.arguments["region"]) != (slug, region)
    ):
        raise editions.NoSuchEdition(name=f"{slug}/{region}")
    return job


def made_before(arguments: dict[str, str | None]) -> Job | None:
    """A finished export of the same release with the same wishes, whoever made it; drafts are made anew."""
    if arguments["version"] == reading.DRAFT:
        return None
    jobs = db.session.scalars(
        select(Job).where(Job.kind == "export", Job.result.is_not(None)).order_by(Job.id.desc()).limit(500)
    )
    return next((job for job in jobs if job.arguments == arguments), None)
