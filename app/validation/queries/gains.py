"""What was found in a pilot: minutes, gain and questions per unit; worked out while it runs, kept once it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from app.core.content import Uid
from app.curriculum.manifests import digest_of
from app.validation.models import Pilot, PilotLearner, PilotSession
from app.validation.models.pilots import Moment
from app.validation.rules import scores
from app.validation.rules.results import FEWEST

from . import pilots
from .pilots import Points


def live(pilot: Pilot) -> dict[str, Any]:
    """The results as they stand now, as JSON; the number of queries does not grow with learners, units or scores."""
    content = {unit.uid: unit for _, unit in pilots.taught(pilot).units()}
    held = [one for one in pilots.sessions(pilot) if one.unit_uid in content]
    people = pilots.learners(pilot)
    points = pilots.points(pilot)
    asked = pilots.questions(pilot, [content[one.unit_uid] for one in held])
    names = pilots.titles(pilot)
    units = []
    for session in held:
        unit = content[session.unit_uid]
        found = _unit(session, people, points, asked[unit.uid])
        units.append(
            {
                "uid": unit.uid,
                "title": names.get(unit.uid, unit.uid),
                "digest": digest_of(unit),
                "blocks": {block.uid: dict(block.texts) for block in unit.blocks},
                **found,
            }
        )
    noted = [one.observation for one in pilots.observations(pilot)]
    return {
        "learners": len(people),
        "women": sum(one.sex == "woman" for one in people),
        "men": sum(one.sex == "man" for one in people),
        "overall": _overall(people, held, points, asked),
        "units": units,
        "observations": len(noted),
        "verdicts": {verdict: sum(one.verdict == verdict for one in noted) for verdict in {o.verdict for o in noted}},
    }


def shown(pilot: Pilot, *, running: bool) -> dict[str, Any] | None:
    """What may be shown of a pilot: what was kept once it is closed; before that to those who run it alone."""
    closing = pilots.closing(pilot)
    if closing is not None:
        return closing.results
    return live(pilot) if running else None


def _unit(
    session: PilotSession, people: Sequence[PilotLearner], points: Points, asked: Sequence[scores.Question]
) -> dict[str, Any]:
    uid = session.unit_uid
    return {
        "planned": session.planned,
        "used": session.used,
        "attended": session.attended,
        "left_out": session.left_out,
        "gain": asdict(scores.gain(_pairs(people, uid, points, len(asked)))),
        "questions": [
            {
                "uid": question.uid,
                "title": question.title,
                "pre": _facility(question.uid, uid, Moment.PRE, people, points),
                "post": _facility(question.uid, uid, Moment.POST, people, points),
            }
            for question in asked
        ],
    }


def _share(person: PilotLearner, uid: Uid, moment: Moment, points: Points, asked: int) -> Fraction | None:
    return scores.share(points.get((person.id, uid, moment.value), {}), asked)


def _pairs(people: Sequence[PilotLearner], uid: Uid, points: Points, asked: int) -> list[tuple[Fraction, Fraction]]:
    """What everybody who was asked before and after had right."""
    found = []
    for person in people:
        pre, post = (_share(person, uid, moment, points, asked) for moment in (Moment.PRE, Moment.POST))
        if pre is not None and post is not None:
            found.append((pre, post))
    return found


def _overall(
    people: Sequence[PilotLearner],
    held: Sequence[PilotSession],
    points: Points,
    asked: dict[Uid, list[scores.Question]],
) -> dict[str, Any]:
    """The gain over all units: each person's mean over the units in which they were asked before and after."""
    means = []
    for person in people:
        pairs = [
            pair
            for session in held
            for pair in _pairs([person], session.unit_uid, points, len(asked[session.unit_uid]))
        ]
        if pairs:
            before = sum((pre for pre, _ in pairs), Fraction(0)) / len(pairs)
            after = sum((post for _, post in pairs), Fraction(0)) / len(pairs)
            means.append((before, after))
    return asdict(scores.gain(means))


def _facility(
    question: str, uid: Uid, moment: Moment, people: Sequence[PilotLearner], points: Points
) -> dict[str, Any]:  # fmt: skip
    """The share who had it right, of those who answered anything of this unit by questions at that moment."""
    takers = [given for one in people if (given := points.get((one.id, uid, moment.value))) and "" not in given]
    right = [given.get(question, (0, 1))[0] for given in takers]
    return {"takers": len(takers), "share": scores.facility(right, len(takers)), "told": len(takers) >= FEWEST}
