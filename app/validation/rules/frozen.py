"""Results of a workshop as they are kept: what was found of each unit, pinned to the texts that were tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.content import Digest, Language, Uid, Unit

from .results import Score, Standing
from .scales import Criterion, Scale

DIMENSIONS = ("sex", "age", "role")
Groups = dict[str, dict[Criterion, dict[str, Score | None]]]  # dimension, criterion, group


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What was found of one unit. `digest` and `blocks` name the texts that were tried."""

    uid: Uid
    title: str
    digest: Digest
    blocks: Mapping[Uid, Mapping[Language, Digest]]
    standing: Standing
    people: int
    alpha: float | None
    scores: Mapping[Criterion, Score]
    groups: Groups = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """What was found in one workshop, under the scale and the threshold that held in it."""

    scale: Scale
    top_from: int
    threshold: int
    units: tuple[UnitResult, ...]

    def count(self, standing: Standing) -> int:
        """How many units were found so."""
        return sum(unit.standing is standing for unit in self.units)


def changed_blocks(tried: UnitResult, unit: Unit) -> list[Uid]:
    """The blocks of a unit that are new, gone, or say something else than when it was tried."""
    now = {block.uid: dict(block.texts) for block in unit.blocks}
    before = {uid: dict(texts) for uid, texts in tried.blocks.items()}
    return [uid for uid in dict.fromkeys([*before, *now]) if before.get(uid) != now.get(uid)]


def dump(results: Results) -> dict[str, Any]:
    """The results as JSON. Of what too few people answered, only the counts are kept."""
    return {
        "scale": results.scale.value,
        "top_from": results.top_from,
        "threshold": results.threshold,
        "units": [_dump_unit(unit) for unit in results.units],
    }


def _dump_unit(unit: UnitResult) -> dict[str, Any]:
    return {
        "uid": unit.uid,
        "title": unit.title,
        "digest": unit.digest,
        "blocks": {uid: dict(texts) for uid, texts in unit.blocks.items()},
        "standing": unit.standing.value,
        "people": unit.people,
        "alpha": unit.alpha,
        "scores": {criterion.value: _dump_score(score) for criterion, score in unit.scores.items()},
        "groups": {
            dimension: {
                criterion.value: {name: None if score is None else _dump_score(score) for name, score in named.items()}
                for criterion, named in by_criterion.items()
            }
            for dimension, by_criterion in unit.groups.items()
        },
    }


def _dump_score(score: Score) -> dict[str, Any]:
    few = score.standing is Standing.TOO_FEW
    return {
        "answers": score.answers,
        "top": 0 if few else score.top,
        "people": score.people,
        "median": None if few else score.median,
        "standing": score.standing.value,
    }


def load(data: Mapping[str, Any]) -> Results:
    """The results that `dump` wrote."""
    return Results(
        Scale(data["scale"]),
        data["top_from"],
        data["threshold"],
        tuple(_load_unit(unit) for unit in data["units"]),
    )


def _load_unit(data: Mapping[str, Any]) -> UnitResult:
    return UnitResult(
        uid=data["uid"],
        title=data["title"],
        digest=data["digest"],
        blocks=data["blocks"],
        standing=Standing(data["standing"]),
        people=data["people"],
        alpha=data["alpha"],
        scores={Criterion(name): _load_score(score) for name, score in data["scores"].items()},
        groups={
            dimension: {
                Criterion(criterion): {name: None if one is None else _load_score(one) for name, one in named.items()}
                for criterion, named in by_criterion.items()
            }
            for dimension, by_criterion in data["groups"].items()
        },
    )


def _load_score(data: Mapping[str, Any]) -> Score:
    return Score(data["answers"], data["top"], data["people"], data["median"], Standing(data["standing"]))
