"""The kinds and states of needs, sources, findings and answers: plain lists that rules and tables share."""

from enum import StrEnum


class Priority(StrEnum):
    """How urgent a need is to those who named it."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


class NeedStatus(StrEnum):
    """What has become of a need."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"


class SourceKind(StrEnum):
    """What sort of document or conversation a source is."""

    LAW = "law"
    REGULATION = "regulation"
    STATUTE = "statute"
    STUDY = "study"
    INTERVIEW = "interview"
    RECORD = "record"
    WEBSITE = "website"
    OTHER = "other"


class Gap(StrEnum):
    """How far what a unit says is from what a law or a statute says."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


class InstrumentKind(StrEnum):
    """How people were asked."""

    SURVEY = "survey"
    FOCUS_GROUP = "focus_group"


class Strength(StrEnum):
    """How much stands behind a finding."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


class FindingStatus(StrEnum):
    """What is to become, or became, of a finding."""

    OPEN = "open"
    ACTED_ON = "acted_on"
    NO_CHANGE = "no_change"
    PASSED_UP = "passed_up"


class Answer(StrEnum):
    """Whether something was agreed to, and so may be shown."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"


class CheckState(StrEnum):
    """Where a question of the checklist stands."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not_needed"
