"""Taking the text that another edition has in the same place, with credit to it."""

from __future__ import annotations

from flask_babel import gettext

from app.adaptation import actions as adaptation
from app.core.content import Digest, Language, Uid
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import editions
from app.discussion import rules
from app.discussion.queries import others
from app.infra.i18n import region_name
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check


@transactional
def take_text(
    actor: Actor,
    edition: Edition,
    uid: Uid,
    language: Language,
    text: Digest,
    *,
    why: str = "",
    seen_digest: Digest | None = None,
) -> Revision:
    """Put another edition's text of a block in the place of ours; the act names that edition, so it is credited.

    `text` is the digest of what that person was shown; what the actor may not read is not found.
    """
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    rules.check_languages([language], edition.languages)
    found = next((one for one in others.of_block(actor, edition, uid, language) if one.digest == text), None)
    if found is None:
        raise rules.SeenOther
    if found.lacking:
        raise rules.LacksVariable(name=found.lacking[0], edition=region_name(edition.region))
    source = found.first
    act = source.act
    version = source.release.version if source.release else ""
    place = f"{region_name(source.edition.region)} {version}".strip()
    reason = rules.bounded(why) or (act.why if act is not None else "")
    said = gettext("Taken from %(place)s.", place=place)
    return adaptation.edit_block(
        actor,
        edition,
        uid,
        language,
        found.text,
        why="\n".join(part for part in (reason, said) if part),
        evidence=source.name,
        seen_digest=seen_digest,
    )
