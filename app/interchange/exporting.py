"""One edition, one language, one format: what commands and jobs both call to make a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from app.core.errors import N_, Refused
from app.curriculum.queries import editions, reading
from app.infra import clock
from app.people.permissions import Actor, Permission, check

from . import queries
from .formats.document import Audience
from .formats.write import EXTENSIONS, UnknownFormat, write, write_redline


class NeedsSince(Refused):
    text = N_("Tracked changes need the version to compare with.")
    status = 422


class UnknownAudience(Refused):
    text = N_("Choose facilitator or participant.")
    status = 422


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants exported. `version` is a release's or `draft`.

    `since` is for tracked changes only: a version, or `parent` for what departs from the edition above. `names` stands
    for who is named at the end, so that a file from before somebody signed or withdrew their name is not given again.
    """

    slug: str
    region: str
    version: str
    language: str
    format: str
    audience: str = Audience.FACILITATOR
    since: str | None = None
    names: str = ""

    @property
    def filename(self) -> str:
        """What the file is called."""
        marks = "" if self.audience == Audience.FACILITATOR else f"-{self.audience}"
        since = f"-since-{self.since}" if self.since else ""
        return f"{self.slug}-{self.region}-{self.version}-{self.language}{marks}{since}{EXTENSIONS[self.format]}"


def checked(wish: Wish) -> Wish:
    """The wish, or a refusal that says what is wrong with it."""
    if wish.format not in EXTENSIONS:
        raise UnknownFormat(format=wish.format, formats=", ".join(EXTENSIONS))
    if wish.audience not in set(Audience):
        raise UnknownAudience
    if wish.format == "docx-redline" and not wish.since:
        raise NeedsSince
    return wish


def make(actor: Actor, wish: Wish) -> bytes:
    """Return the file; the actor must be allowed to export and to read that version."""
    checked(wish)
    seen = reading.view(actor, wish.slug, wish.region, version=wish.version, language=wish.language)
    check(actor, Permission.EXPORT_EDITION, editions.scope_of(seen.edition))
    audience = Audience(wish.audience)
    now = queries.manual(seen, audience)
    if wish.format != "docx-redline":
        return write(now, wish.format)
    at = seen.release.at if seen.release else clock.now()
    moment = datetime.combine(at.date(), time(12), tzinfo=UTC)
    if wish.since == queries.PARENT:
        above, told = queries.parents_manual(actor, seen, audience), queries.told(actor, seen)
        ours = replace(now, slug="")  # marks of many people are no file of one reviewer's to bring back
        return write_redline(replace(above, slug=""), ours, seen.edition.name, moment, told.reasons, told.makers)
    before = reading.view(actor, wish.slug, wish.region, version=wish.since, language=wish.language)
    return write_redline(queries.manual(before, audience), now, seen.edition.name, moment, queries.reasons(seen))
