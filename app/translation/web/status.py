"""How far everything is: editions by languages by modules, each axis by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.core.content import Language
from app.core.translating import Count
from app.curriculum.queries import overview
from app.curriculum.web import page_number
from app.infra.i18n import language, region_name
from app.people.login import current_actor
from app.people.permissions import Permission
from app.translation.queries import axes, status
from app.translation.queries.overview import reviews
from app.web.pages import requires

from . import bp

PER_PAGE = 20
SHOWS = ("", "missing", "stale", "draft", "in_review", "done")
SORTS = ("name", "least", "most", "stale")


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in one language on the page; `mine` are the texts that wait for this person's review."""

    found: status.EditionLine
    language: Language
    count: Count
    mine: int


@bp.get("/")
@requires(Permission.READ_DRAFT)
def matrix() -> ResponseReturnValue:
    """Show how far each edition is in each language, with its modules; filters, order, pages."""
    asked, actor = request.args, current_actor()
    found = status.matrix(actor)
    mine = reviews(actor, [line.edition for line in found])
    lines = [
        Line(line, code, line.total(code), mine.get((line.edition.id, code), 0))
        for line in found
        for code in line.sources
    ]
    show = asked.get("show", "") if asked.get("show") in SHOWS else ""
    sort = asked.get("sort", "name") if asked.get("sort") in SORTS else "name"
    wanted, search = asked.get("in", ""), asked.get("q", "").strip().casefold()[:100]
    chosen = [
        line
        for line in lines
        if _fits(line.count, show) and wanted in ("", line.language) and all(w in _named(line) for w in search.split())
    ]
    chosen.sort(key=_ORDERS[sort])
    page = min(page_number(), pages := max(1, -(-len(chosen) // PER_PAGE)))
    return render_template(
        "translation/status.html",
        lines=chosen[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(chosen),
        any=bool(lines),
        languages_here=sorted({line.language for line in lines}),
        labels=axes.labels(),
        summed=summed,
        page=page,
        pages=pages,
        kept={name: asked[name] for name in ("q", "in", "show", "sort") if asked.get(name)},
        show=show,
        sort=sort,
        wanted=wanted,
        search=asked.get("q", ""),
    )


def summed(parts: Sequence[Mapping[str, axes.Progress]], name: str) -> axes.Progress:
    """One axis over all modules that know of it."""
    known = [part[name] for part in parts if name in part]
    return axes.Progress(sum(p.done for p in known), sum(p.total for p in known), sum(p.changed for p in known))


def _fits(count: Count, show: str) -> bool:
    if show == "done":
        return count.done == count.total
    return not show or bool(getattr(count, show))


def _named(line: Line) -> str:
    edition = line.found.edition
    said = (overview.title_of(edition, language()), edition.slug, region_name(edition.region), edition.region)
    return " ".join(said).casefold()


def _order(line: Line) -> tuple[str, str, str]:
    return line.found.edition.slug, line.found.edition.region, line.language


def _share(line: Line) -> float:
    return line.count.share if line.count.share is not None else 1.0


_ORDERS: Mapping[str, Callable[[Line], tuple[Any, ...]]] = {
    "name": _order,
    "least": lambda line: (_share(line), *_order(line)),
    "most": lambda line: (-_share(line), *_order(line)),
    "stale": lambda line: (-line.count.stale, *_order(line)),
}
