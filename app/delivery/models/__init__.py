"""Programmes, cohorts, sessions, attendance. Facts are appended; states beside them are views of the newest."""

from .attendance import AttendanceEvent, AttendanceMark, Quarantined, SyncBatch, WalkIn
from .cohorts import Cohort, CohortRelease, CohortTrainer, Commitment, Enrolment, EnrolmentChange
from .programmes import Programme, ProgrammeOrganisation, ProgrammeTarget, TrainingArea
from .sessions import CohortSession, SessionTrainer, SessionUnit

__all__ = [
    "AttendanceEvent",
    "AttendanceMark",
    "Cohort",
    "CohortRelease",
    "CohortSession",
    "CohortTrainer",
    "Commitment",
    "Enrolment",
    "EnrolmentChange",
    "Programme",
    "ProgrammeOrganisation",
    "ProgrammeTarget",
    "Quarantined",
    "SessionTrainer",
    "SessionUnit",
    "SyncBatch",
    "TrainingArea",
    "WalkIn",
]
