"""The cascade: who was qualified in which cohort and teaches the next, and what comes of it from level to level.

Plain records in, a picture out; the database is read in queries/cascade.py, places on paper are cascade_layout.py's.
The true edge is a person: somebody enrolled in the upper cohort who teaches the lower one. `parent` is the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.delivery.kinds import CohortState

from .cascade_figures import Part, broken_down
from .cascade_levels import Work
from .cascade_records import Edge, Group, Learner, Level, Picture, Promise, Spot, Told


def parents(
    groups: Mapping[int, Group], edges: Iterable[Edge], learners: Mapping[int, Learner]
) -> dict[int, int | None]:
    """Return the cohort above each: where its trainers were qualified, or else the one it was planned under.

    With trainers of several cohorts the planned parent decides, where it is one of them; else the lowest id. A parent
    that is not there, or the cohort itself, is none; of a ring of parents the first stands on top.
    """
    qualifying: dict[int, set[int]] = {}
    for edge in edges:
        above = learners.get(edge.qualified_by) if edge.qualified_by is not None else None
        if above is not None and above.person == edge.person and above.cohort in groups and above.cohort != edge.cohort:
            qualifying.setdefault(edge.cohort, set()).add(above.cohort)
    found: dict[int, int | None] = {}
    for id_, group in groups.items():
        planned = group.parent if group.parent in groups and group.parent != id_ else None
        real = qualifying.get(id_)
        found[id_] = planned if not real or planned in real else min(real)
    return _without_rings(found)


def _without_rings(above: dict[int, int | None]) -> dict[int, int | None]:
    done: set[int] = set()
    for start in sorted(above):
        path: list[int] = []
        on_path: set[int] = set()
        here: int | None = start
        while here is not None and here not in done and here not in on_path:
            path.append(here)
            on_path.add(here)
            here = above[here]
        if here is not None and here in on_path:
            above[min(path[path.index(here) :])] = None
        done |= on_path
    return above


def by_depth(above: Mapping[int, int | None]) -> list[list[int]]:
    """Return the ids of each depth, from those on top; every id once. Wants no rings."""
    children: dict[int | None, list[int]] = {}
    for id_ in sorted(above):
        children.setdefault(above[id_], []).append(id_)
    levels: list[list[int]] = []
    now = children.get(None, [])
    while now:
        levels.append(now)
        now = [child for id_ in now for child in children.get(id_, ())]
    return levels


def picture(
    groups: Sequence[Group], learners: Sequence[Learner], edges: Sequence[Edge], promises: Sequence[Promise],
    today: date, told: Told | None = None,
) -> Picture:  # fmt: skip
    """Return the whole cascade as it stands; who teaches a cohort is never counted as a learner of that cohort."""
    told = told or Told()
    known = {group.id: group for group in groups if group.state != CohortState.CANCELLED}
    teaches = {(edge.cohort, edge.person) for edge in edges}
    counted = [
        one
        for one in learners
        if one.cohort in known and (one.cohort, one.person) not in teaches and not one.is_doubled
    ]
    by_id = {one.id: one for one in learners}
    edges = [edge for edge in edges if edge.cohort in known]
    above = parents(known, edges, by_id)
    levels = by_depth(above)
    people: dict[int, set[int]] = {}
    for one in counted:
        people.setdefault(one.cohort, set()).add(one.person)
    spots = _spots(known, above, levels, people)
    work = Work(known, by_id, edges, promises, people, today)
    made: list[Level] = []
    for depth, ids in enumerate(levels):
        made.append(work.level(depth, ids, told, made[-1] if made else None))
    last: dict[int, Learner] = {one.person: one for one in sorted(counted, key=lambda one: one.id)}
    return Picture(
        spots=tuple(spots),
        levels=tuple(made),
        people=len(last),
        enrolments=len(counted),
        trainers=work.active(set().union(*(work.qualified(ids) for ids in levels))),
        by_sex=_groups(one.sex for one in last.values()),
        by_age=_groups(one.age for one in last.values()),
        by_organisation=_groups(one.organisation for one in last.values()),
    )


def _spots(
    known: Mapping[int, Group], above: Mapping[int, int | None], levels: Sequence[Sequence[int]],
    people: Mapping[int, set[int]],
) -> list[Spot]:  # fmt: skip
    """Reach from the lowest level upwards. Persons of one cohort are simply added up, those of several handed up as
    sets, so that nobody is counted twice above anybody.
    """
    often = _in_several(people)
    ones: dict[int, int] = {}
    several: dict[int, set[int]] = {}
    below: dict[int, int] = {}
    made: dict[int, Spot] = {}
    for depth in range(len(levels) - 1, -1, -1):
        for id_ in levels[depth]:
            own, through, shared = people.get(id_, set()), ones.get(id_, 0), several.pop(id_, set())
            made[id_] = Spot(known[id_], above[id_], depth, len(own), through + len(shared), below.get(id_, 0))
            parent = above[id_]
            if parent is None:
                continue
            known_elsewhere = own & often
            ones[parent] = ones.get(parent, 0) + through + len(own) - len(known_elsewhere)
            shared |= known_elsewhere
            held = several.setdefault(parent, shared)
            if held is not shared:
                several[parent] = _joined(held, shared)
            below[parent] = below.get(parent, 0) + below.get(id_, 0) + 1
    return [made[id_] for ids in levels for id_ in ids]


def _in_several(people: Mapping[int, set[int]]) -> set[int]:
    seen: set[int] = set()
    often: set[int] = set()
    for own in people.values():
        often |= own & seen
        seen |= own
    return often


def _joined(one: set[int], other: set[int]) -> set[int]:
    """Both in one set, at the cost of the smaller; both may be used up."""
    small, large = (one, other) if len(one) < len(other) else (other, one)
    large |= small
    return large


def _groups(keys: Iterable[str]) -> tuple[Part, ...]:
    counts: dict[str, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return broken_down(counts)
