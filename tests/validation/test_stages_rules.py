"""Processes, moves, who signs, and how weighty changes are. No database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.content import Block, Kind, Unit
from app.core.errors import Refused
from app.people.permissions import Actor, Grant, Role, Scope
from app.validation.queries.gates import GATES
from app.validation.rules import adjustments, stages
from app.validation.rules.adjustments import Grade, Reason
from app.validation.rules.stages import MoveKind, SignRole
from app.validation.stage_words import PROCESSES, REASONS, SIGN_ROLES, STAGES, STATEMENTS

PE = Scope("my-coop", "PE")
KINDS = (Kind.HEADING, Kind.OBJECTIVES, Kind.PARAGRAPH, Kind.CASE, Kind.FIGURE, Kind.QUESTION, Kind.PLAN, Kind.SOURCES)
UNIT = Unit("u", 90, tuple(Block(kind.value, kind, {"es": f"{kind}-es", "en": f"{kind}-en"}) for kind in KINDS))


def changed(kind: Kind, language: str = "es") -> Unit:
    """The unit with another text of its block of this kind."""
    blocks = tuple(
        replace(one, texts={**one.texts, language: "otro"}) if one.kind is kind else one for one in UNIT.blocks
    )
    return replace(UNIT, blocks=blocks)


def who(*roles: Role, scope: Scope = PE) -> Actor:
    return Actor(1, "Ana", "ana", tuple(Grant(role, scope) for role in roles))


@pytest.mark.parametrize(
    ("after", "reasons", "grade"),
    [
        (UNIT, [], Grade.MINOR),
        (changed(Kind.PARAGRAPH), [Reason.WORDING], Grade.MINOR),
        (changed(Kind.HEADING), [Reason.WORDING], Grade.MINOR),
        (changed(Kind.CASE), [Reason.EXAMPLE], Grade.MINOR),
        (changed(Kind.FIGURE), [Reason.IMAGE], Grade.MINOR),
        (changed(Kind.OBJECTIVES), [Reason.OBJECTIVES], Grade.MAJOR),
        (changed(Kind.QUESTION), [Reason.ASSESSMENT], Grade.MAJOR),
        (changed(Kind.PLAN), [Reason.ORDER], Grade.MAJOR),
        (changed(Kind.SOURCES), [Reason.LEGAL], Grade.MAJOR),
        (changed(Kind.OBJECTIVES, "en"), [Reason.TRANSLATION], Grade.MINOR),
        (replace(UNIT, minutes=105), [Reason.LITTLE_TIME], Grade.MINOR),
        (replace(UNIT, minutes=75), [Reason.LITTLE_TIME], Grade.MINOR),
        (replace(UNIT, minutes=106), [Reason.TIMING], Grade.MAJOR),
        (replace(UNIT, blocks=(UNIT.blocks[1], UNIT.blocks[0], *UNIT.blocks[2:])), [Reason.ORDER], Grade.MAJOR),
        (replace(UNIT, blocks=UNIT.blocks[:5]), [Reason.ASSESSMENT, Reason.ORDER, Reason.LEGAL], Grade.MAJOR),
        (None, [Reason.STRUCTURE], Grade.MAJOR),
    ],
)
def test_changes_weigh_by_what_they_touch(after: Unit | None, reasons: list[Reason], grade: Grade) -> None:
    found = adjustments.reasons(UNIT, after, {"es"})
    assert found == reasons
    assert adjustments.grade(found) is grade


def test_a_change_is_raised_freely_and_lowered_with_a_reason_alone() -> None:
    adjustments.check_grade(Grade.MINOR, Grade.MAJOR, "")
    adjustments.check_grade(Grade.MAJOR, Grade.MINOR, "Solo una coma")
    with pytest.raises(adjustments.NeedsLoweringReason):
        adjustments.check_grade(Grade.MAJOR, Grade.MINOR, "  ")


@pytest.mark.parametrize(("name", "law"), [("law", True), ("law_body", True), ("lawn", False), ("buyer", False)])
def test_variables_of_the_law_are_known_by_their_names(name: str, law: bool) -> None:
    assert adjustments.is_law(name) is law


def test_marks_are_found_in_evidence() -> None:
    assert adjustments.marks_in("Taller «x» (T3-12), piloto P2-4; T3-12 otra vez, T0-1, AT3-1") == ["T3-12", "P2-4"]


def test_everything_that_the_file_names_exists_and_has_a_name() -> None:
    for key, process in stages.processes().items():
        assert key in PROCESSES
        assert len({stage.key for stage in process.stages}) == len(process.stages) > 1
        for stage in process.stages:
            assert stage.key in STAGES
            assert stage.roles
            assert all(asked.gate in GATES for asked in stage.gates)
        assert not process.stages[-1].gates, "nobody leaves the last stage"
    assert stages.default() in stages.processes()
    assert set(REASONS) == set(Reason)
    assert set(SIGN_ROLES) == set(STATEMENTS) == set(stages.SIGNERS) == set(SignRole)


@pytest.mark.parametrize(
    ("now", "wanted", "missing", "skip", "why", "outcome"),
    [
        ("need", "study", 0, False, "", MoveKind.FORWARD),
        ("need", "study", 1, False, "", stages.GatesUnmet),
        ("need", "study", 1, True, "La asamblea", MoveKind.SKIPPED),
        ("need", "study", 1, True, "", stages.NeedsWhy),
        ("adaptation", "technical", 1, True, "prisa", stages.NotSkippable),
        ("need", "adaptation", 0, False, "", stages.NoSuchStage),
        ("need", "need", 0, False, "", stages.NoSuchStage),
        ("need", "nada", 0, False, "", stages.NoSuchStage),
        ("release", "need", 0, False, "de nuevo", MoveKind.BACK),
        ("release", "need", 0, False, " ", stages.NeedsWhy),
        ("release", "need", 0, False, "x" * 3000, stages.TooLongWhy),
    ],
)
def test_moves(
    now: str, wanted: str, missing: int, skip: bool, why: str, outcome: MoveKind | type[Refused]
) -> None:  # fmt: skip
    on = stages.process("validated")
    if isinstance(outcome, MoveKind):
        assert stages.step(on, now, wanted, missing=missing, skip=skip, why=why).kind is outcome
    else:
        with pytest.raises(outcome):
            stages.step(on, now, wanted, missing=missing, skip=skip, why=why)


def test_going_back_takes_up_again_what_was_left_out() -> None:
    on = stages.process("validated")
    skipped = stages.step(on, "study", "adaptation", missing=2, skip=True, why="x")
    assert stages.skipped_after(on, ["need"], skipped, "study") == ["need", "study"]
    back = stages.step(on, "adaptation", "study", missing=0, skip=False, why="x")
    assert stages.skipped_after(on, ["need", "study"], back, "adaptation") == ["need"]
    forward = stages.step(on, "need", "study", missing=0, skip=False, why="")
    assert stages.skipped_after(on, ["need"], forward, "need") == []


@pytest.mark.parametrize("role", list(SignRole))
@pytest.mark.parametrize("held", list(Role))
def test_each_role_signs_its_own(role: SignRole, held: Role) -> None:
    if held in stages.SIGNERS[role]:
        stages.check_signer(who(held), role, PE, [])
    else:
        with pytest.raises(stages.NotYourSignature):
            stages.check_signer(who(held), role, PE, [])


def test_nobody_signs_elsewhere_or_everything() -> None:
    with pytest.raises(stages.NotYourSignature):
        stages.check_signer(who(Role.DESIGNER, scope=Scope("my-coop", "PE-SAM")), SignRole.CONTENT, PE, [])
    everybody = who(*Role)
    four = list(SignRole)[:4]
    stages.check_signer(everybody, four[3], PE, four[:3])
    with pytest.raises(stages.OnePersonAlone):
        stages.check_signer(everybody, SignRole.LICENCE, PE, four)
