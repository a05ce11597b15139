"""What people said of an edition when they tried it: workshops, answers, remarks, pilots, decisions, signatures."""

from .phones import JoinAttempt, Phone
from .pilots import Pilot, PilotClosing, PilotLearner, PilotObservation, PilotScore, PilotSession
from .stages import Adjustment, EditionStage, Signature, StageMove
from .workshops import (
    AgendaItem,
    Answer,
    Attendance,
    Participant,
    Question,
    Remark,
    Sent,
    Sheet,
    Tally,
    Workshop,
    WorkshopClosing,
)

__all__ = [
    "Adjustment",
    "AgendaItem",
    "Answer",
    "Attendance",
    "EditionStage",
    "JoinAttempt",
    "Participant",
    "Phone",
    "Pilot",
    "PilotClosing",
    "PilotLearner",
    "PilotObservation",
    "PilotScore",
    "PilotSession",
    "Question",
    "Remark",
    "Sent",
    "Sheet",
    "Signature",
    "StageMove",
    "Tally",
    "Workshop",
    "WorkshopClosing",
]
