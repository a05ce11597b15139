"""Writing down which text was made of which, whenever an edition changes, whoever changed it and by whatever way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Insert, Table, insert, select
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql, sqlite

from app.core.content import Content, Digest, Language
from app.core.translating import Made, Origin, Staleness, grade, grams, key_of, made_by, only_form
from app.curriculum.actions.commit import listen
from app.curriculum.models import ActKind, Edition, Revision
from app.curriculum.queries import contents, editions
from app.infra import clock
from app.infra.db import Base, db
from app.infra.transactions import transactional
from app.people.permissions import Actor, Permission, check
from app.translation.models import MemoryGram, TranslationPair
from app.translation.queries import desks, pairs

WRITING = frozenset({ActKind.LOAD, ActKind.EDIT})
SILENT = frozenset({ActKind.FORK, ActKind.VARIABLES, ActKind.LOCK})  # they write no texts


@dataclass(frozen=True, slots=True)
class New:
    """A pair to be written down."""

    source_language: Language
    target_language: Language
    source: Digest
    target: Digest
    origin: Origin


def install() -> None:
    """Have every new state of every edition looked at."""
    listen("translation pairs", note)


def note(actor: Actor, edition: Edition, before: Revision | None, after: Revision) -> None:
    """Write down the pairs that a new state of an edition makes; see `core.translating.pairing`."""
    kind = after.act.kind
    if kind in SILENT or (before is not None and before.content_digest == after.content_digest):
        return
    old = contents.state(before).content if before is not None else Content()
    new = contents.state(after).content
    writing = kind in WRITING
    made = made_by(old, new, desks.directions_of(edition).source, writing=writing)
    if made:
        origin = Origin.LOADED if kind is ActKind.LOAD else Origin.WRITTEN if writing else Origin.JOINED
        found = _holding(made, origin)
        sources_alone = [one for one in made if one.before]
        if kind is ActKind.EDIT and sources_alone:
            found += _together(edition, after, sources_alone)
        put(found, pairs.place_of(edition), edition, actor.account_id)


def _together(edition: Edition, now: Revision, changed: Sequence[Made]) -> list[New]:
    """The sources that somebody changed for the reason for which they had just changed the target.

    Two languages of a paragraph are saved one after the other; the same reason says that it was one change. It counts
    once, for the source that stood there when the target was written, and only for as large a change as the target's.
    """
    written = pairs.just_written(edition, now, {(one.before, one.target) for one in changed})
    found = []
    for one in changed:
        before = written.get((one.before, one.target))
        if before is None:
            continue
        block = contents.state(db.session.get_one(Revision, before)).content.block(one.uid)
        was = block.texts.get(one.target_language, "") if block else ""
        texts = contents.bodies(name for name in (was, one.target, one.before, one.source) if name)
        here = grade(texts[one.before], texts[one.source])
        if not was or _SIZES.index(grade(texts[was], texts[one.target])) >= _SIZES.index(here):
            found.append(New(one.source_language, one.target_language, one.source, one.target, Origin.TOGETHER))
    return found


_SIZES = (Staleness.FRESH, Staleness.MINOR, Staleness.MAJOR)


def _holding(made: Sequence[Made], origin: Origin) -> list[New]:
    """Those of the pairs that hold: new texts where that is asked, and changes of form where a pair was there."""
    doubtful = [one for one in made if one.new]
    known = pairs.known_targets(one.target for one in doubtful) if doubtful else set()
    changed = [one for one in made if one.before]
    were = pairs.fresh((one.before, one.target) for one in changed) if changed else set()
    changed = [one for one in changed if (one.before, one.target) in were]
    texts = contents.bodies(name for one in changed for name in (one.before, one.source))
    form = {id(one) for one in changed if only_form(texts[one.before], texts[one.source])}
    return [
        New(
            one.source_language,
            one.target_language,
            one.source,
            one.target,
            Origin.FORM if one.before else origin,
        )
        for one in made
        if (id(one) in form if one.before else not one.new or one.target not in known)
    ]


def put(
    found: Iterable[New], place: str, edition: Edition | None, account_id: int | None, *, note: str = ""
) -> int:  # fmt: skip
    """Write pairs down, those already there excepted, and index their sources for the memory; return how many."""
    listed = list(dict.fromkeys(found))
    if not listed:
        return 0
    now = clock.now()
    rows = [
        {
            "source_key": key_of(one.source),
            "source_digest": one.source,
            "target_digest": one.target,
            "source_language": one.source_language,
            "target_language": one.target_language,
            "origin": one.origin,
            "edition_id": edition.id if edition is not None else None,
            "place": place,
            "account_id": account_id,
            "note": note,
            "at": now,
        }
        for one in listed
    ]
    _index(listed)
    db.session.connection().execute(_insert_new(TranslationPair), rows)
    return len(rows)


def _index(found: Sequence[New]) -> None:
    """Put the numbers that new source texts are found by into the memory's index."""
    languages = {one.source: one.source_language for one in found}
    known = set(_with_pairs(list(languages)))
    wanted = {name: language for name, language in languages.items() if name not in known}
    texts = contents.bodies(wanted)
    rows = sorted((gram, key_of(name)) for name, language in wanted.items() for gram in grams(texts[name], language))
    if not rows:
        return
    if db.session.get_bind().dialect.name == "postgresql":
        numbers, keys = zip(*rows, strict=True)
        db.session.execute(sql(_AS_ARRAYS), {"grams": list(numbers), "keys": list(keys)})
    else:
        statement = _insert_new(MemoryGram)
        db.session.connection().execute(statement, [{"gram": gram, "source_key": key} for gram, key in rows])


# Row by row PostgreSQL takes ten times as long for the many small rows of an index.
_AS_ARRAYS = (
    "INSERT INTO memory_gram (gram, source_key)"
    " SELECT * FROM unnest(CAST(:grams AS bigint[]), CAST(:keys AS bigint[])) ON CONFLICT DO NOTHING"
)


def _with_pairs(names: Sequence[Digest]) -> Iterable[Digest]:
    for start in range(0, len(names), 5_000):
        yield from db.session.scalars(
            select(TranslationPair.source_digest)
            .where(TranslationPair.source_digest.in_(names[start : start + 5_000]))
            .distinct()
        )


def _insert_new(table: type[Base]) -> Insert:
    """INSERT that leaves alone what is there already, in either database's words."""
    rows, dialect = cast(Table, table.__table__), db.session.get_bind().dialect.name
    found: Mapping[str, Insert] = {
        "sqlite": sqlite.insert(rows).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(rows).on_conflict_do_nothing(),
    }
    return found.get(dialect, insert(rows))


@transactional
def rebuild(actor: Actor, edition: Edition) -> int:
    """Find the pairs that an edition's newest state holds, in a database that knew none; return how many.

    Of a text that has a pair nothing is assumed: it may be stale. Any other counts as made of what stands beside it.
    Parents come before children. Needs the permission to load originals.
    """
    check(actor, Permission.LOAD_ORIGINAL, editions.scope_of(edition))
    if edition.head is None:
        return 0
    content = contents.state(edition.head).content
    made = made_by(Content(), content, desks.directions_of(edition).source, writing=False)
    return put(_holding(made, Origin.REBUILT), pairs.place_of(edition), edition, None)
