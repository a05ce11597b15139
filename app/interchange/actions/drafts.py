"""A manual made in Word by anyone: sent, read by the worker, corrected by a person, made a new draft original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from app.core.errors import Refused
from app.core.pictures import bare
from app.curriculum import actions as curriculum
from app.curriculum.models import Edition
from app.curriculum.originals import Original
from app.curriculum.queries import contents, editions
from app.infra import clock, storage
from app.infra.audit import record
from app.infra.db import db
from app.infra.i18n import is_region
from app.infra.jobs import JobFailed, finish, job, progress, start
from app.infra.transactions import transactional
from app.interchange import drafts, rules
from app.interchange.carried import carried
from app.interchange.formats.docx.foreign import ForeignDocument, Guess, read_foreign
from app.interchange.formats.docx.foreign.units import ModuleDraft
from app.interchange.formats.docx.opening import open_word
from app.interchange.models import Import, ImportKind, ImportState
from app.interchange.queries import imports
from app.interchange.queries.owners import owner
from app.people.permissions import Actor, Permission, Scope, check

from .keeping import fail_import, keep
from .reviews import bring


@transactional
def start_draft(actor: Actor, name: str, data: bytes) -> Import:
    """Take a manual in and have it read; raises `BadUpload` at once for what is no Word file that can be read."""
    check(actor, Permission.IMPORT_CONTENT)
    filename = rules.named(name)
    try:
        open_word(data, filename)
    except Refused as fault:
        raise rules.BadUpload(file=filename, problem=fault) from fault
    row = keep(actor, ImportKind.DRAFT, None, filename, data)
    row.job_id = start(actor.account_id, "read-draft", number=row.id).id
    return row


@job("read-draft")
def read_draft(job_id: int, number: int) -> None:
    """Read a manual and keep what was recognised for looking at."""
    actor = owner(job_id)
    row = db.session.get_one(Import, number)
    if row.state is not ImportState.WAITING:
        finish(job_id)
        return
    progress(job_id, 0, 2)
    try:
        check(actor, Permission.IMPORT_CONTENT)
        document = read_foreign(storage.get(row.digest), row.filename)
        if not any(block.guess is not Guess.DROPPED for block in document.blocks):
            raise rules.NothingFound
        progress(job_id, 1, 2)
        _keep_document(number, document)
    except Exception as error:
        fail_import(actor, number, error if isinstance(error, Refused) else JobFailed())
        raise
    finish(job_id)


@transactional
def correct(actor: Actor, row: Import, corrections: Mapping[int, Guess], *, level: int | None = None) -> None:
    """Keep what a person says that blocks are, over what was said before; and at which level units begin."""
    _check_open(actor, row)
    kept = {**drafts.corrections_in(row.settings), **corrections}
    wanted = drafts.level_in(row.settings) if level is None else level if level in drafts.LEVELS else 0
    said = {str(index): guess.value for index, guess in sorted(kept.items())}
    row.settings = {**row.settings, "corrections": said, "level": wanted}


@transactional
def make_draft(actor: Actor, row: Import, named: drafts.Named) -> Edition:
    """Make the draft of a new original of a manual as it was corrected; it is edited, exported and released as any."""
    _check_open(actor, row)
    if not is_region(named.region):
        raise rules.NeedsRegion
    check(actor, Permission.IMPORT_CONTENT, Scope(named.slug, named.region))
    drafts.checked(named)
    kept = drafts.loaded(storage.get(row.found))
    pictures = {name: storage.get(stored) for name, stored in kept.pictures.items()}
    corrections, level = drafts.corrections_in(row.settings), drafts.level_in(row.settings)
    original = drafts.as_original(kept.document, pictures, corrections, level, named)
    edition = curriculum.create_original(actor, original, why=named.right, stems_from=row.filename)
    row.edition, row.state, row.finished_at = edition, ImportState.BROUGHT, clock.now()
    said = _say_comments(actor, row, kept.document, drafts.as_modules(kept.document, corrections, level, named.title))
    units = [unit for module in original.modules for unit in module.units]
    unset = [unit.uid for unit in units if unit.minutes == rules.GUESSED_MINUTES]
    row.settings = {**row.settings, "unset": unset}
    row.counts = {**row.counts, "units": len(units), "brought_comments": said}
    record(actor.account_id, "import.brought", row, edition=edition.name)
    return edition


@transactional
def make_draft_of(
    actor: Actor, original: Original, document: ForeignDocument, data: bytes, filename: str, right: str
) -> Import:
    """Make the draft of an original that was read from a file at once, without anybody correcting it first.

    What is handed back says which edition it is, and which comments it does not take.
    """
    edition = curriculum.create_original(actor, original, why=right, stems_from=filename)
    row = keep(actor, ImportKind.DRAFT, edition, rules.named(filename), data, original.source_language)
    row.state, row.finished_at = ImportState.BROUGHT, clock.now()
    title = original.titles[original.source_language]
    said = _say_comments(actor, row, document, drafts.as_modules(document, {}, 0, title))
    units = [unit for module in original.modules for unit in module.units]
    row.settings = {"unset": [unit.uid for unit in units]}
    row.counts = {"units": len(units), "brought_comments": said}
    return row


@transactional
def confirm_minutes(actor: Actor, edition: Edition) -> None:
    """Say that the lengths which were only guessed are right."""
    check(actor, Permission.EDIT_CONTENT, editions.scope_of(edition))
    row = imports.made_of(edition)
    if row is not None:
        row.settings = {**row.settings, "unset": []}
        record(actor.account_id, "import.minutes", row)


@transactional
def _keep_document(number: int, document: ForeignDocument) -> None:
    row = db.session.get_one(Import, number)
    if row.state is not ImportState.WAITING:
        return
    pictures = {name: storage.put(bare(data)) for name, data in document.images.items()}
    row.found, row.language = storage.put(drafts.dumped(document, pictures)), document.language
    row.counts = {
        "blocks": len(document.blocks),
        "unsure": len(drafts.unsure(document, {})),
        "comments": len(document.comments),
        "changes": len(document.changes),
        "dropped": len(document.dropped),
        "pictures": len(pictures),
    }
    row.state = ImportState.PREVIEWED


def _say_comments(actor: Actor, row: Import, document: ForeignDocument, modules: Sequence[ModuleDraft]) -> int:
    """Say what stands in the margin as comments on the draft; return how many. What it does not take is `unplaced`."""
    edition = row.edition
    if edition is None or not document.comments:
        return 0
    head = editions.head_of(edition)
    content, language = contents.state(head).content, edition.curriculum.source_language
    found = carried(document, modules, content, language, head.id, row.filename, row.digest)
    brought = bring(actor, edition, found, [], row.filename)
    row.unplaced = [asdict(one) for one in brought.lost]
    return brought.comments


def _check_open(actor: Actor, row: Import) -> None:
    if row.account_id != actor.account_id or row.kind is not ImportKind.DRAFT:
        raise rules.NoSuchImport
    check(actor, Permission.IMPORT_CONTENT)
    imports.hold(row)
    if row.state is not ImportState.PREVIEWED:
        raise rules.NotNow
