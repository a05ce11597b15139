"""What was done to an edition and why: acts, one act's changes, one block's story, two versions side by side."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from app.core.content import Block, Language, Uid
from app.core.languages import digest_in
from app.core.merge import state as link_state
from app.curriculum.models import ActKind, Edition
from app.curriculum.queries import comparing, contents, history, parents, reading
from app.curriculum.queries import editions as queries
from app.people.login import current_actor
from app.people.permissions import Permission
from app.web.pages import public, requires

from . import bp, citing, may_do, page_number, panels, redlines, text_language

UNITS_NAMED = 3  # units named under one act; the rest is a number

PICTURES = {
    ActKind.LOAD: "book",
    ActKind.FORK: "graft",
    ActKind.EDIT: "pencil",
    ActKind.VARIABLES: "leaf-notched",
    ActKind.LOCK: "lock",
    ActKind.LINK: "frost",
    ActKind.COMPOSE: "sprout",
    ActKind.SYNC: "leaf",
    ActKind.IMPORT: "arrow",
    ActKind.UNDO: "arrow",
    ActKind.RESTORE: "clock",
    ActKind.RELEASE: "fruit",
}


def _edition(slug: str, region: str) -> Edition:
    """The edition, for somebody who may read its draft."""
    return queries.get(current_actor(), slug, region, Permission.READ_DRAFT)


def _order(edition: Edition) -> list[Language]:
    """The edition's languages, the one being read first."""
    wanted = text_language()
    return sorted(edition.languages, key=lambda code: code.partition("-")[0] != wanted.partition("-")[0])


@bp.get("/<slug>/<region>/history", endpoint="history")
@requires(Permission.READ_DRAFT)
def show_history(slug: str, region: str) -> ResponseReturnValue:
    """List what was done to an edition, newest first."""
    edition, page = _edition(slug, region), page_number()
    pages = max(1, -(-history.count(edition) // history.PER_PAGE))
    deeds = history.deeds(edition, page)
    citing.read_for(deed.act for deed in deeds)
    head = contents.state(queries.head_of(edition))
    return render_template(
        "curriculum/history.html",
        edition=edition,
        deeds=deeds,
        page=page,
        pages=pages,
        head=head.revision,
        titles=redlines.unit_titles([head.content], _order(edition)),
        pictures=PICTURES,
        named=UNITS_NAMED,
    )


@bp.get("/<slug>/<region>/history/<int:number>")
@requires(Permission.READ_DRAFT)
def change(slug: str, region: str, number: int) -> ResponseReturnValue:
    """Show what one act changed, word by word, and offer the way back."""
    edition = _edition(slug, region)
    revision = queries.revision(edition, number)
    if revision is None:
        abort(404)
    after = contents.state(revision)
    earlier = queries.revision_by_id(edition, revision.previous_id) if revision.previous_id else None
    before = contents.state(earlier) if earlier else None
    difference = history.difference(before, after) if before else None
    changed, page = (difference.blocks if difference else []), page_number()
    return render_template(
        "curriculum/change.html",
        edition=edition,
        revision=revision,
        earlier=earlier,
        difference=difference,
        units=redlines.by_unit(_page(changed, page), before or after, after, _order(edition)),
        names=_names(edition, [before or after, after]),
        page=page,
        pages=_pages(changed),
        pictures=PICTURES,
        may=may_do(edition),
    )


@bp.get("/<slug>/<region>/compare")
@public
def compare(slug: str, region: str) -> ResponseReturnValue:
    """Compare two versions of an edition, chosen from two lists."""
    actor = current_actor()
    seen = reading.view(actor, slug, region)
    edition = seen.edition
    drafts = queries.may_read_draft(actor, edition)
    releases = queries.releases(edition)
    known = ([reading.DRAFT] if drafts else []) + [release.version for release in releases]
    new = request.args.get("to") or known[0]
    old = request.args.get("from") or (known[1] if len(known) > 1 else known[0])
    before, after = (history.moment(actor, slug, region, name) for name in (old, new))
    difference, page = history.difference(before, after), page_number()
    wanted = [code for code in edition.languages if code == request.args.get("in")]
    return render_template(
        "curriculum/compare.html",
        edition=edition,
        old=old,
        new=new,
        known=[*known, *(name for name in dict.fromkeys((old, new)) if name not in known)],
        releases={release.version: release for release in releases},
        difference=difference,
        units=redlines.by_unit(_page(difference.blocks, page), before, after, _order(edition), wanted),
        names=_names(edition, [before, after]),
        only=wanted[0] if wanted else "",
        page=page,
        pages=_pages(difference.blocks),
        drafts=drafts,
    )


def _page(changed: list[comparing.Changed], page: int) -> list[comparing.Changed]:
    return changed[(page - 1) * redlines.PER_PAGE : page * redlines.PER_PAGE]


def _pages(changed: list[comparing.Changed]) -> int:
    return max(1, -(-len(changed) // redlines.PER_PAGE))


def _names(edition: Edition, sides: list[contents.State]) -> dict[Uid, str]:
    """What to call modules, units and blocks of these states: titles, and a block's first words."""
    order = _order(edition)
    names = dict(redlines.unit_titles([side.content for side in sides], order))
    for side in sides:
        for module in side.content.modules:
            names.setdefault(module.uid, module.titles.get(order[0]) or next(iter(module.titles.values()), module.uid))
    return names


@bp.get("/<slug>/<region>/blocks/<block>")
@requires(Permission.READ_DRAFT)
def block(slug: str, region: str, block: str) -> ResponseReturnValue:
    """Say why a block is as it is: its words now, the original's, who changed it when and why."""
    actor = current_actor()
    seen = reading.view(actor, slug, region, version=reading.DRAFT, language=text_language())
    now, found = seen.state, seen.state.content.find(block)
    base = parents.base_content(now.local)
    was = base.find(block)
    steps, whole = history.of_block(seen.edition, block)
    if found is None and was is None and not steps:
        abort(404)
    link = now.local.links.get(block)
    unit = (found or was or (None, None, 0))[1]
    origin = parents.newest_of(now.local, block)
    mine = found[1].blocks[found[2]] if found else None
    theirs = was[1].blocks[was[2]] if was else None
    citing.read_for([*(step.revision.act for step in steps), int(link.act) if link and link.act else None])
    texts = contents.bodies(_digests([mine, theirs, origin.block if origin else None], steps))
    return render_template(
        "curriculum/block.html",
        seen=seen,
        edition=seen.edition,
        uid=block,
        block=mine,
        unit=unit,
        title=redlines.unit_titles([now.content, base], _order(seen.edition)).get(unit.uid, "") if unit else "",
        html=_html(seen, mine, texts),
        standing=link_state(block, base, now.content, link) if base.modules else None,
        confirmed=bool(link and link.confirmed),
        reason=history.act(seen.edition, link.act) if link and link.act else None,
        theirs=theirs,
        against=_against(seen, theirs, mine, texts),
        origin=origin,
        upstream=_upstream(seen, theirs, origin, texts),
        steps=[(step, _redline(seen, step, texts)) for step in steps],
        whole=whole,
        pictures=PICTURES,
        may=may_do(seen.edition),
        panels=panels.shown(panels.Place.BLOCK, panels.Subject(seen, unit, block, mine)),
    )


def _digests(blocks: list[Block | None], steps: list[history.Step]) -> list[str]:
    sides = [side for step in steps for side in (step.before, step.after) if side]
    return [name for texts in [*(b.texts for b in blocks if b), *sides] for name in texts.values()]


def _html(seen: reading.View, block: Block | None, texts: dict[str, str]) -> str:
    """A block as it reads now; empty when it is not there, or not in this language."""
    text = texts.get(digest_in(block.texts, seen.language)) if block else None
    return redlines.page(text, seen.language, seen.state.local) if text else ""


def _against(seen: reading.View, theirs: Block | None, mine: Block | None, texts: dict[str, str]) -> str:
    """The redline from the original's text, as last reconciled, to ours; empty where they are the same."""
    if theirs is None or mine is None or digest_in(theirs.texts, seen.language) == digest_in(mine.texts, seen.language):
        return ""
    pair = _words(texts, theirs, mine, seen.language)
    return redlines.between(pair, seen.language, seen.state.local, seen.state.local)


def _words(texts: dict[str, str], before: Block, after: Block, language: Language) -> tuple[str, str]:
    """What two blocks say in a language, or in the wider one that stands in for it."""
    return (
        texts.get(digest_in(before.texts, language), ""),
        texts.get(digest_in(after.texts, language), ""),
    )


def _upstream(seen: reading.View, theirs: Block | None, origin: parents.Newest | None, texts: dict[str, str]) -> str:
    """The redline of what the original changed since it was last taken in; empty when it did not."""
    newest = origin.block if origin else None
    if (
        theirs is None
        or newest is None
        or digest_in(theirs.texts, seen.language) == digest_in(newest.texts, seen.language)
    ):
        return ""
    pair = _words(texts, theirs, newest, seen.language)
    return redlines.between(pair, seen.language, seen.state.local, seen.state.local)


def _redline(seen: reading.View, step: history.Step, texts: dict[str, str]) -> list[tuple[Language, str]]:
    """A step's redline per language that changed; the reader's language first."""
    before, after = step.before or {}, step.after or {}
    changed = [code for code in _order(seen.edition) if before.get(code) != after.get(code)]
    local = seen.state.local
    return [
        (
            code,
            redlines.between(
                (texts.get(before.get(code, ""), ""), texts.get(after.get(code, ""), "")), code, local, local
            ),
        )
        for code in changed
    ]
