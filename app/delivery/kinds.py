"""The kinds and states of programmes, cohorts, sessions and marks: plain lists that rules and tables share."""

from enum import StrEnum


class ProgrammeRole(StrEnum):
    """What an organisation is in a programme."""

    LEAD = "lead"
    DONOR = "donor"
    PARTNER = "partner"
    HOST = "host"
    PARTICIPANT = "participant"


class CohortLevel(StrEnum):
    """Where a cohort stands in the cascade, or that it tries an edition out."""

    MASTER = "master"
    TRAINERS = "trainers"
    CASCADE = "cascade"
    VALIDATION = "validation"
    PILOT = "pilot"


class CohortState(StrEnum):
    PLANNED = "planned"
    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class EnrolmentState(StrEnum):
    """How somebody stands in a cohort; all but the first two are ends."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    DESERTED = "deserted"
    TRANSFERRED = "transferred"
    OTHER = "other"


class TeachingRole(StrEnum):
    LEAD = "lead"
    CO_FACILITATOR = "co_facilitator"
    ASSISTANT = "assistant"


class Mode(StrEnum):
    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    BY_PHONE = "by_phone"
    FIELD = "field"


class SessionState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Extent(StrEnum):
    """How much of a unit was taught."""

    FULLY = "fully"
    PARTLY = "partly"
    CHANGED = "changed"


class Mark(StrEnum):
    """Whether somebody took part in a session."""

    PRESENT = "present"
    PARTIAL = "partial"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    NOT_EXPECTED = "not_expected"


class Source(StrEnum):
    """Where an event was entered."""

    PHONE = "phone"
    WEB = "web"
    FILE = "file"
    PAPER = "paper"
