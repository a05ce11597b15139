"""Carries out what `studies/<slug>-<region>.toml` say, and makes findings of what adaptations name as their evidence.

A team keeps its study as it works. The demo's adaptations name their evidence in words ("Encuesta …, p. 6: 20 entregan
por el río"): what names the same place is one finding here, and the acts that named it cite it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.content import Kind as BlockKind
from app.core.content import Uid
from app.curriculum.models import Act, Edition
from app.curriculum.queries import contents, editions
from app.infra.transactions import transactional
from app.people.permissions import Actor
from app.study import actions
from app.study.kinds import CheckState, FindingStatus
from app.study.models import Finding, Instrument
from app.study.queries import findings, rows
from app.study.rules import LONGEST_LINE, folded
from app.study.sheets import NEED, SHEETS, Kind

FOLDER = Path(__file__).parent / "studies"
_QUESTION = re.compile(r"(?:p\.|preguntas?) (\d+)")
_KINDS = (("ley ", "law"), ("d.s. ", "regulation"), ("estatuto", "statute"), ("entrevista", "interview"))


@dataclass(slots=True)
class Group:
    """Evidence that names the same place: in which words, what was said there, and the acts that rest on it."""

    name: str
    said: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    @property
    def statement(self) -> str:
        """What the finding says: what stands behind the colon where it was written down, else the first reason."""
        said = max(self.said, key=len, default="") or next(
            (why for why in self.reasons if not why.startswith(("La clave", "Revisado"))), self.reasons[0]
        )
        return said[:1].upper() + said[1:]


def read(slug: str, region: str) -> dict[str, Any]:
    """The file of an edition's study; empty when there is none."""
    path = FOLDER / f"{slug}-{region}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


@transactional
def build(actor: Actor, edition: Edition, study: Mapping[str, Any]) -> int:
    """Write an edition's study down in one transaction, tie its acts to the findings; return how many acts cite one."""
    for need in study.get("needs", []):
        region = need["region"]
        kept = actions.keep_need(actor, region, {one.name: need.get(one.name, "") for one in NEED})
        actions.take_up(actor, kept, edition)
    sources = {one["find"]: _keep(actor, edition, Kind.SOURCES, one) for one in study.get("sources", [])}
    instruments = {one["find"]: _instrument(actor, edition, one) for one in study.get("instruments", [])}
    for row in study.get("articles", []):
        _keep(actor, edition, Kind.ARTICLES, {**row, "source_id": str(sources[row["source"]])})
    for case in study.get("cases", []):
        _case(actor, edition, case)
    for given in study.get("findings", []):
        found = actions.keep(actor, edition, Kind.FINDINGS, given)
        if isinstance(found, Finding):
            actions.settle(actor, edition, found, FindingStatus(given["status"]), why=given.get("why", ""))
    for item, note in study.get("checklist", {}).items():
        actions.check_item(actor, edition, item, CheckState.DONE, note=note)
    return _cite(actor, edition, sources, instruments)


def groups(acts: Sequence[Act]) -> list[Group]:
    """The acts by the evidence they name: by document and place in it, whatever else was said beside it."""
    found: dict[str, Group] = {}
    for act in acts:
        for name, said in evidence(act.stems_from):
            group = found.setdefault(folded(name), Group(name))
            if said and said not in group.said:
                group.said.append(said)
            group.reasons.append(act.why)
            group.acts.append(act)
    return list(found.values())


def evidence(text: str) -> Iterator[tuple[str, str]]:
    """The documents and places that a note of evidence names, each with what is said to stand there.

    What is only still to be verified is no document, unless nothing else is named.
    """
    parts = [part.strip(" .") for part in text.split(";") if part.strip(" .")]
    for part in [one for one in parts if "(demo)" in one or "por verificar" not in one] or parts[:1]:
        name, _, said = part.partition(": ")
        name = name.strip(" .,")[:LONGEST_LINE]
        yield name[:1].upper() + name[1:], said.strip(" .") if len(said) > 12 else ""


def _cite(actor: Actor, edition: Edition, sources: dict[str, int], instruments: dict[str, int]) -> int:
    questions = _questions(edition, instruments)
    blocks = _blocks_by_act(edition)
    cited: set[int] = set()
    for group in groups(findings.with_evidence(edition)):
        strength = "strong" if len(group.acts) > 3 else "fair" if len(group.acts) > 1 else "weak"
        given = {"statement": group.statement, "strength": strength, "note": group.name}
        found = actions.keep(actor, edition, Kind.FINDINGS, given)
        if not isinstance(found, Finding):
            continue
        kind, row = _ground(actor, edition, group.name, sources, instruments, questions)
        actions.rest_on(actor, edition, found, kind, row, note=group.name)
        actions.attach(actor, edition, found, [uid for act in group.acts for uid in blocks.get(act.id, [])])
        for act in group.acts:
            actions.cite(actor, act, [found.id])
            cited.add(act.id)
    return len(cited)


def _ground(
    actor: Actor,
    edition: Edition,
    name: str,
    sources: dict[str, int],
    instruments: Mapping[str, int],
    questions: Mapping[tuple[int, int], int],
) -> tuple[Kind, int]:
    """What in the study a note of evidence names; a document that was not written down yet is written down."""
    for find, instrument in instruments.items():
        if folded(name).startswith(folded(find)):
            number = _QUESTION.search(name)
            question = questions.get((instrument, int(number[1]))) if number else None
            return (Kind.QUESTIONS, question) if question else (Kind.INSTRUMENTS, instrument)
    document = re.split(r"(?<=\(demo\))|, ", name, maxsplit=1)[0].strip(" ,")
    for find, source in sources.items():
        if folded(name).startswith(folded(find)):
            return Kind.SOURCES, source
    kind = next((kind for beginning, kind in _KINDS if folded(document).startswith(beginning)), "record")
    sources[document] = _keep(actor, edition, Kind.SOURCES, {"title": document, "kind": kind})
    return Kind.SOURCES, sources[document]


def _blocks_by_act(edition: Edition) -> dict[int, list[Uid]]:
    """The blocks that depart because of each act."""
    found: dict[int, list[Uid]] = {}
    now = contents.state(editions.head_of(edition))
    there = {block.uid for _, _, block in now.content.blocks()}
    for uid, link in now.local.links.items():
        if link.act is not None and uid in there:
            found.setdefault(int(link.act), []).append(uid)
    return found


def _questions(edition: Edition, instruments: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """The questions by their instrument and number."""
    found: dict[tuple[int, int], int] = {}
    for instrument in rows.listed(edition, Kind.INSTRUMENTS):
        if isinstance(instrument, Instrument) and instrument.id in instruments.values():
            found |= {(instrument.id, question.number): question.id for question in instrument.questions}
    return found


def _keep(actor: Actor, edition: Edition, kind: Kind, given: Mapping[str, Any], within: int | None = None) -> int:
    values = {one.name: str(given.get(one.name, "")) for one in SHEETS[kind].fields}
    return actions.keep(actor, edition, kind, values, within=within).id


def _instrument(actor: Actor, edition: Edition, given: Mapping[str, Any]) -> int:
    made = _keep(actor, edition, Kind.INSTRUMENTS, given)
    for question in given.get("questions", []):
        _keep(actor, edition, Kind.QUESTIONS, question, made)
    for quote in given.get("quotes", []):
        _keep(actor, edition, Kind.QUOTES, quote, made)
    return made


def _case(actor: Actor, edition: Edition, given: Mapping[str, Any]) -> None:
    made = _keep(actor, edition, Kind.CASES, given)
    content = contents.state(editions.head_of(edition)).content
    where = given["block"]
    blocks = [b for _, unit in content.units() if unit.uid == where["unit"] for b in unit.blocks]
    actions.place(actor, edition, Kind.CASES, made, next(b.uid for b in blocks if b.kind is BlockKind(where["kind"])))
    for author in given.get("authors", []):
        _keep(actor, edition, Kind.AUTHORS, author, made)
