"""The structural three-way merge of content trees: plan a sync, carry out the answers, take it back.

Words inside a text are merged by `app.core.prose`. Acts, releases and who may do what are features' business.
"""

from app.core.merge.applying import Applied, Undone, apply, undo, undo_links
from app.core.merge.deciding import FixedByOriginal, NoProposal, NotAnAnswer, NothingToAnswer, stale
from app.core.merge.order import Spot
from app.core.merge.outcomes import (
    BOTH,
    LATER,
    OURS,
    PROPOSAL,
    QUIET,
    THEIRS,
    Action,
    Answer,
    Because,
    Choice,
    Choices,
    MoveOutcome,
    Outcome,
    SyncPlan,
    TextOutcome,
)
from app.core.merge.planning import plan
from app.core.merge.register import Departure, Lacking, counts, departures, missing_for_release, state
from app.core.merge.sides import MINUTES, PLACE, Link, Part

__all__ = [
    "BOTH",
    "LATER",
    "MINUTES",
    "OURS",
    "PLACE",
    "PROPOSAL",
    "QUIET",
    "THEIRS",
    "Action",
    "Answer",
    "Applied",
    "Because",
    "Choice",
    "Choices",
    "Departure",
    "FixedByOriginal",
    "Lacking",
    "Link",
    "MoveOutcome",
    "NoProposal",
    "NotAnAnswer",
    "NothingToAnswer",
    "Outcome",
    "Part",
    "Spot",
    "SyncPlan",
    "TextOutcome",
    "Undone",
    "apply",
    "counts",
    "departures",
    "missing_for_release",
    "plan",
    "stale",
    "state",
    "undo",
    "undo_links",
]
