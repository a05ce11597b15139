"""Programmes, cohorts, sessions, attendance. Facts are appended; states beside them are views of the newest."""

from .activities import (
    Activity,
    ActivityArea,
    ActivityHeadcount,
    ActivityOrganisation,
    ActivityParticipation,
    ActivityProgramme,
)
from .attendance import AttendanceEvent, AttendanceMark, Quarantined, SyncBatch, WalkIn
from .calendars import CalendarAddress, SessionChange
from .cohorts import Cohort, CohortRelease, CohortTrainer, Commitment, Enrolment, EnrolmentChange
from .diagnosis import ActivityLine, Diagnosis, Limitation, LimitationLine, LineOfAction
from .follow_up import FollowUpContact, Intervention, InterventionResult, LeavingProposal, VerifiedDesertion
from .licences import TrainerLicence
from .messages import Message
from .milestones import Milestone, OrganisationMilestone
from .observing import TrainerObservation
from .outputs import Output, OutputOrganisation, OutputPerson
from .places import Place
from .programmes import Programme, ProgrammeOrganisation, ProgrammeTarget, TrainingArea
from .risk import HarvestWindow, RiskSetting
from .rosters import JoinRequest, RosterChange, RosterImport
from .sessions import CohortSession, FieldNote, SessionReport, SessionTrainer, SessionUnit

__all__ = [
    "Activity",
    "ActivityArea",
    "ActivityHeadcount",
    "ActivityLine",
    "ActivityOrganisation",
    "ActivityParticipation",
    "ActivityProgramme",
    "AttendanceEvent",
    "AttendanceMark",
    "CalendarAddress",
    "Cohort",
    "CohortRelease",
    "CohortSession",
    "CohortTrainer",
    "Commitment",
    "Diagnosis",
    "Enrolment",
    "EnrolmentChange",
    "FieldNote",
    "FollowUpContact",
    "HarvestWindow",
    "Intervention",
    "InterventionResult",
    "JoinRequest",
    "LeavingProposal",
    "Limitation",
    "LimitationLine",
    "LineOfAction",
    "Message",
    "Milestone",
    "OrganisationMilestone",
    "Output",
    "OutputOrganisation",
    "OutputPerson",
    "Place",
    "Programme",
    "ProgrammeOrganisation",
    "ProgrammeTarget",
    "Quarantined",
    "RiskSetting",
    "RosterChange",
    "RosterImport",
    "SessionChange",
    "SessionReport",
    "SessionTrainer",
    "SessionUnit",
    "SyncBatch",
    "TrainerLicence",
    "TrainerObservation",
    "TrainingArea",
    "VerifiedDesertion",
    "WalkIn",
]
