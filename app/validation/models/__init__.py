"""What people said of an edition when they tried it: workshops, answers, remarks, pilots, decisions, signatures."""

from .workshops import (
    AgendaItem,
    Answer,
    Attendance,
    JoinAttempt,
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
    "AgendaItem",
    "Answer",
    "Attendance",
    "JoinAttempt",
    "Participant",
    "Question",
    "Remark",
    "Sent",
    "Sheet",
    "Tally",
    "Workshop",
    "WorkshopClosing",
]
