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


class ContactWay(StrEnum):
    """How somebody who stays away is sought out."""

    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    MEETING = "meeting"


class RiskLevel(StrEnum):
    """How near somebody is to leaving, by the rules in rules/risk.py."""

    NONE = "none"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class Outcome(StrEnum):
    """What came of an intervention, as its owner tells."""

    CAME_BACK = "came_back"
    STILL_AWAY = "still_away"
    LEFT = "left"
    UNKNOWN = "unknown"


class LicenceKind(StrEnum):
    """Whom a licence lets somebody teach: see rules/licences.py."""

    TRAINER = "trainer"
    MASTER_TRAINER = "master_trainer"


class ActivityKind(StrEnum):
    """What an event of a programme is, apart from the sessions of its cohorts."""

    WORKSHOP = "workshop"
    VALIDATION = "validation"
    PILOT = "pilot"
    EXCHANGE = "exchange"
    FIELD_DAY = "field_day"
    FORUM = "forum"
    MEETING = "meeting"
    VIRTUAL = "virtual"
    CONFERENCE = "conference"
    COMMUNITY_SESSION = "community_session"


class ActivityOrganisationRole(StrEnum):
    """What an organisation is in an activity."""

    HOST = "host"
    GUEST = "guest"
    PARTICIPANT = "participant"


class ParticipationRole(StrEnum):
    """As what somebody was there; only those who take part or are guests are counted as learning."""

    PARTICIPANT = "participant"
    GUEST = "guest"
    TRAINER = "trainer"
    EXPERT = "expert"
    SUPPORT_STAFF = "support_staff"
    ORGANISER = "organiser"


class OutputKind(StrEnum):
    """What a cohort or an activity leaves behind."""

    CONSULTATION_RECORD = "consultation_record"
    EVIDENCE = "evidence"
    PROPOSAL = "proposal"
    POWER_MAP = "power_map"
    STRATEGY_INPUT = "strategy_input"
    EXPERIENCE_RECORD = "experience_record"
    BUSINESS_INITIATIVE = "business_initiative"
    REPORT = "report"
    OTHER = "other"


class PlaceKind(StrEnum):
    """What stands on a programme's map. A route is a line, everything else a point."""

    ORGANISATION = "organisation"
    SERVICE = "service"
    MARKET = "market"
    ROUTE = "route"
    MEETING_PLACE = "meeting_place"
    TRAINING_PLACE = "training_place"
    COLLECTION_CENTRE = "collection_centre"
    OTHER = "other"


class TargetIndicator(StrEnum):
    """What a programme promises a number of."""

    PEOPLE = "people"
    WOMEN = "women"
    YOUNG = "young"
    ATTENDANCES = "attendances"
    ORGANISATIONS = "organisations"
    ACTIVITIES = "activities"


class JoinState(StrEnum):
    """What became of a wish to join a cohort."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Receipt(StrEnum):
    """What became of an event that a phone sent."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    QUARANTINED = "quarantined"
    CONFLICT = "conflict"


class Fault(StrEnum):
    """Why an event does not fit and waits for a person, or for what it needs to arrive."""

    MALFORMED = "malformed"
    UNKNOWN_FIELD = "unknown_field"
    BLANK = "blank"
    OTHER_CONTENT = "other_content"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_ENROLMENT = "unknown_enrolment"
    UNKNOWN_WALK_IN = "unknown_walk_in"
    UNKNOWN_SUPERSEDED = "unknown_superseded"
    OTHER_COHORT = "other_cohort"
    OTHER_SESSION = "other_session"
    NOT_YOUR_COHORT = "not_your_cohort"
    SUPERSEDES_OTHER = "supersedes_other"
    ODD_MINUTES = "odd_minutes"
    ODD_REASON = "odd_reason"
    ODD_TIME = "odd_time"
    IN_FUTURE = "in_future"
    LONG_AGO = "long_ago"
    NOT_TAUGHT_HERE = "not_taught_here"
    TOO_MANY_SESSIONS = "too_many_sessions"


class Repair(StrEnum):
    """What a person makes of an event that did not fit."""

    AGAIN = "again"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"


class MessageWay(StrEnum):
    """How a message gets to somebody: sent by the server, or from the phone of whoever prepared it."""

    EMAIL = "email"
    WHATSAPP = "whatsapp"
    SMS = "sms"


class MessageState(StrEnum):
    """What became of a message. One from a phone is `sent` when whoever sent it says so."""

    PREPARED = "prepared"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
