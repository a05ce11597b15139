"""What an edition says of itself beside its content: its title, who is thanked, who may read its releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.adaptation import rules
from app.core.content import Language
from app.curriculum.models import Edition
from app.curriculum.queries import editions
from app.infra.audit import record
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def set_settings(
    actor: Actor, edition: Edition, *, titles: Mapping[Language, str], credits: Sequence[str], public: bool
) -> None:
    """Give an edition its own titles by language (none: the curriculum's), its people, and say who may read it.

    What an original that came from files says of itself stands in them: `SettledByFiles`. Raises `TooLong` and
    `NothingChanged`.
    """
    check(actor, Permission.RELEASE_EDITION, editions.scope_of(edition))
    editions.hold(edition)
    if edition.parent_id is None and editions.last_loaded(edition) is not None:
        raise rules.SettledByFiles
    wanted = {code: title.strip() for code, title in titles.items() if code in edition.languages and title.strip()}
    people = [line.strip() for line in credits if line.strip()]
    rules.check_lengths([*wanted.values(), *people])
    before = {"titles": edition.titles, "credits": edition.credits, "public": edition.public}
    after = {"titles": wanted, "credits": people, "public": public}
    if before == after:
        raise rules.NothingChanged
    edition.titles, edition.credits, edition.public = wanted, people, public
    record(actor.account_id, "edition.settings", edition, before=before, after=after)
