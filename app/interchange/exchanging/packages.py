"""The offline package of an edition: out with the state it is made of, back as a three-way merge with the draft.

The base is that state, theirs the draft as it is now, ours the file; the merge is the product's own (`core.merge`).
What needs no person comes in as one act. What does is answered on the preview or put before people as a proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext

from app.adaptation.queries.sync import Question, fingerprint
from app.core import editing
from app.core.content import Content, Digest, Language, Lock, Uid
from app.core.curriculumfile import Variable
from app.core.errors import N_, Refused
from app.core.merge import Action, Answer, Choice, Choices, Part, SyncPlan
from app.core.merge import plan as merge
from app.curriculum.manifests import ANY, Local
from app.curriculum.models import Edition, Revision
from app.curriculum.queries import contents, editions, overview, parents
from app.infra import clock, storage
from app.infra.i18n import sentence
from app.interchange.formats.offline import Manuscript, Opened, Problem, Returned, pack, read, unpack
from app.people.permissions import Actor, Permission, check

from .local_values import ValueLine, picture_lines, value_lines

PRODUCT = "1"


class OtherEdition(Refused):
    text = N_("The package was made of another edition, %(there)s. Bring it in there; this one is %(here)s.")
    status = 422


class UnknownBase(Refused):
    text = N_(
        "The package was made of a state that this edition never had. Was it taken from another installation? "
        "Download the package again and copy your changes into it."
    )
    status = 422


@dataclass(frozen=True)
class PackagePlan:
    """What a package would do to an edition; nothing has been done. The file is what `core.merge` calls the parent."""

    edition: Edition
    base: Revision
    head: Revision
    opened: Opened
    returned: Returned
    plan: SyncPlan
    texts: Mapping[Digest, str]
    values: tuple[ValueLine, ...]
    pictures: tuple[ValueLine, ...]
    refused: Mapping[str, Refused]  # by the subject of a question

    @cached_property
    def questions(self) -> list[Question]:
        """All that the file changes, in reading order."""
        return [
            Question(outcome, aspect, fingerprint(outcome, aspect), None, outdated=False)
            for outcome in self.plan.asking
            for aspect in outcome.aspects or [""]
        ]

    @cached_property
    def safe(self) -> list[Question]:
        """What comes in without a person."""
        return [q for q in self.questions if q.safe and q.subject not in self.refused]

    @cached_property
    def open(self) -> list[Question]:
        """What a person has to decide."""
        return [q for q in self.questions if not q.safe and q.subject not in self.refused]

    @cached_property
    def problems(self) -> list[Problem]:
        """All that is wrong, by file and line."""
        fixed = []
        for uid in dict.fromkeys(q.outcome.uid for q in self.questions if q.subject in self.refused):
            file, line = self.returned.where.get(uid, ("", 0))
            subject = next(s for s in self.refused if s.rpartition(":")[0] == uid)
            fixed.append(Problem(file or "–", line, self.refused[subject]))
        return [*self.returned.problems, *fixed, *(p for line in (*self.values, *self.pictures) for p in line.problems)]

    @property
    def needs_a_person(self) -> bool:
        """Whether something of it is left that a person has to look at."""
        return bool(self.open or self.refused or any(line.action is Action.CONFLICT for line in self.values))

    @property
    def is_empty(self) -> bool:
        """Whether the file changes nothing that is not here already."""
        return not (self.safe or self.open or any(line.asks for line in (*self.values, *self.pictures)))

    def choices(self, answers: Mapping[str, Choice]) -> Choices:
        """What is safe, and what a person answered by subject; what does not fit a question any more is left out."""
        found: dict[Uid | tuple[Uid, str], Choice] = {_key(q): Choice(Answer.THEIRS) for q in self.safe}
        for q in self.open:
            answer = answers.get(q.subject)
            if answer is not None and answer.answer in q.answers and answer.answer is not Answer.LATER:
                found[_key(q)] = answer
        return found


def _key(q: Question) -> Uid | tuple[Uid, str]:
    return q.key if q.aspect else q.outcome.uid


def export(actor: Actor, edition: Edition) -> bytes:
    """Return the package of an edition's draft."""
    for permission in (Permission.EXPORT_EDITION, Permission.READ_DRAFT):
        check(actor, permission, editions.scope_of(edition))
    return pack(manuscript(edition, editions.head_of(edition), readme=_readme(edition)))


def manuscript(edition: Edition, revision: Revision, *, readme: str = "") -> Manuscript:
    """A state of an edition as it goes into a package: in four queries, however long it is."""
    state = contents.state(revision)
    source = edition.curriculum.source_language
    languages = [source, *(code for code in edition.languages if code != source)]
    newest = editions.latest_release(edition)
    return Manuscript(
        slug=edition.slug,
        region=edition.region,
        version=newest.version if newest is not None else "0.0.0",
        revision=revision.number,
        digest=revision.content_digest,
        product=PRODUCT,
        exported_at=clock.now().isoformat(timespec="seconds"),
        source_language=languages[0],
        languages=tuple(languages),
        licence=edition.licence,
        credits=tuple(edition.credits),
        public=edition.public,
        titles={code: overview.title_of(edition, code) for code in languages},
        summaries={code: text for code, text in edition.curriculum.summaries.items() if code in languages},
        variables={
            name: Variable(name, {"" if code == ANY else code: text for code, text in v.values.items()}, v.hints)
            for name, v in state.local.resolved.items()
        },
        content=state.content,
        bodies=contents.bodies(d for _, _, b in state.content.blocks() for d in b.texts.values()),
        media={name: storage.get(stored) for name, stored in state.local.media.items()},
        readme=readme,
    )


def _readme(edition: Edition) -> str:
    lines = [
        f"# {edition.name}",
        gettext("This folder is an edition to be worked on without a connection, with any text editor."),
        gettext("Change the texts in the folders of the languages. Leave the lines with {: #…} as they are: they tell "
                "which paragraph is which. A new paragraph needs none."),
        gettext("When you are done, compress the whole folder again as a ZIP file and bring it in on the page of the "
                "edition. What others changed in the meantime is kept."),
    ]  # fmt: skip
    return "\n\n".join(lines) + "\n"


def plan(actor: Actor, edition: Edition, data: bytes) -> PackagePlan:
    """Return what a package would do. Raises `PackageFault`, `OtherEdition`, `UnknownBase`, `NotAllowed`."""
    for permission in (Permission.IMPORT_CONTENT, Permission.EDIT_CONTENT):
        check(actor, permission, editions.scope_of(edition))
    opened = unpack(data)
    base = _base(edition, opened)
    head = editions.head_of(edition)
    now = contents.state(head)
    sent = manuscript(edition, base)
    here = {part: _uids(now.content, part) for part in Part}
    returned = read(
        opened,
        sent,
        known_variables=now.local.resolved,
        pictures=now.local.media,
        reserved_units=here[Part.MODULE] | here[Part.BLOCK],
        reserved_modules=here[Part.UNIT] | here[Part.BLOCK],
    )
    texts = {**contents.bodies(contents.differing(sent.content, now.content)), **sent.bodies, **returned.texts}
    made = merge(sent.content, returned.content, now.content, {}, texts.__getitem__, edition.languages, locks=False)
    then = contents.state(base).local
    return PackagePlan(
        edition=edition,
        base=base,
        head=head,
        opened=opened,
        returned=returned,
        plan=made,
        texts=texts,
        values=tuple(value_lines(returned, then, now.local)),
        pictures=tuple(picture_lines(returned, then, now.local)),
        refused=_refused(made, now.local, now.content, texts),
    )


def _base(edition: Edition, opened: Opened) -> Revision:
    said = opened.manifest
    if (said.slug, said.region) != (edition.slug, edition.region):
        raise OtherEdition(there=f"{said.slug[:60]}/{said.region[:10]}", here=edition.name)
    base = editions.revision(edition, said.revision)
    if base is None or base.content_digest != said.digest:
        raise UnknownBase
    return base


def _uids(content: Content, part: Part) -> set[Uid]:
    if part is Part.MODULE:
        return {module.uid for module in content.modules}
    if part is Part.UNIT:
        return {unit.uid for _, unit in content.units()}
    return {block.uid for _, _, block in content.blocks()}


def _refused(made: SyncPlan, local: Local, now: Content, texts: Mapping[Digest, str]) -> dict[str, Refused]:
    """What the original fixed, and units and modules that could only go together with it."""
    fixed = {b.uid for _, _, b in parents.base_content(local).blocks() if b.lock is Lock.FIXED}
    if not fixed:
        return {}
    holding: dict[Uid, Uid] = {}
    for module, unit, block in now.blocks():
        if block.uid in fixed:
            holding.setdefault(unit.uid, block.uid)
            holding.setdefault(module.uid, block.uid)
    kept = {
        o.uid
        for o in made.asking
        if o.part is not Part.BLOCK and o.uid in holding and o.whole and _removes(made, o.uid)
    }
    found: dict[str, Refused] = {}
    for outcome in made.asking:
        under = {outcome.unit, outcome.module} & kept and _removes(made, outcome.uid)
        if outcome.uid not in fixed and outcome.uid not in kept and not under:
            continue
        here = now.block(holding.get(outcome.uid, outcome.uid))
        start = editing.beginning(_any_text(here.texts if here else {}, texts))
        for aspect in outcome.aspects or [""]:
            found[f"{outcome.uid}:{aspect}"] = editing.FixedBlock(start=start)
    return found


def _removes(made: SyncPlan, uid: Uid) -> bool:
    """Whether the file has not got what is here."""
    outcome = made.by_uid[uid]
    return uid not in made.parent.items[outcome.part] and uid in made.child.items[outcome.part]


def _any_text(names: Mapping[Language, Digest], texts: Mapping[Digest, str]) -> str:
    known = [texts[name] for name in names.values() if name in texts]
    return known[0] if known else "".join(contents.bodies(list(names.values())[:1]).values())


def as_dict(made: PackagePlan, *, applied: bool = False, proposed: Collection[str] = ()) -> dict[str, Any]:
    """A plan as JSON, in the words of `vivero sync --json`, with what is refused and what is wrong by file and line."""
    return {
        "edition": made.edition.name,
        "base": made.base.number,
        "head": made.head.number,
        "applied": applied,
        "blocks": _by_action(made.plan, Part.BLOCK),
        "units": _by_action(made.plan, Part.UNIT),
        "modules": _by_action(made.plan, Part.MODULE),
        "variables": {line.name: line.action.value for line in made.values},
        "media": {line.name: line.action.value for line in made.pictures},
        "left": [
            {
                "block": q.outcome.uid,
                "unit": q.outcome.unit,
                "aspect": q.aspect,
                "outcome": q.action.value,
                "safe": q.safe,
                "proposed": q.subject in proposed,
            }
            for q in made.open
        ],
        "refused": sorted({subject.rpartition(":")[0] for subject in made.refused}),
        "problems": [{"file": p.file, "line": p.line, "problem": sentence(p.fault)} for p in made.problems],
    }


def _by_action(made: SyncPlan, part: Part) -> dict[str, list[Uid]]:
    return {action.value: [o.uid for o in outcomes] for action, outcomes in made.by_action(part).items()}
