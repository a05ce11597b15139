"""The place where somebody looks at the changes of one source: what the pages of a sync share."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request, url_for

from app.adaptation import rules
from app.adaptation.queries import glance, sync
from app.curriculum.models import Edition
from app.curriculum.queries import editions, parents
from app.people.login import current_actor
from app.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Desk:
    """An edition with the source whose changes are being looked at."""

    edition: Edition
    sources: list[parents.Source]
    source: parents.Source | None

    def prepared(self) -> sync.Sync:
        """The plan against the source's newest release."""
        if self.source is None:
            raise rules.NoParent
        return sync.prepare(self.edition, self.source.newest, self.source)

    def url(self, endpoint: str, **values: object) -> str:
        """An address of these pages that stays with the same source."""
        chosen = {"from": self.source.edition.name} if self.source and len(self.sources) > 1 else {}
        return url_for(
            f"adaptation.{endpoint}", slug=self.edition.slug, region=self.edition.region, **{**chosen, **values}  # type: ignore[arg-type]
        )  # fmt: skip


def desk_of(slug: str, region: str) -> Desk:
    edition = editions.get(current_actor(), slug, region, Permission.SYNC_EDITION)
    sources = glance.waiting(edition)
    wanted = request.args.get("from")
    source = next((s for s in sources if s.edition.name == wanted), None) if wanted else next(iter(sources), None)
    if wanted and source is None:
        abort(404)
    return Desk(edition, sources, source)
