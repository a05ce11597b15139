"""What indicators count, in which unit, and what they are told apart by: lists that definitions and tables share."""

from enum import StrEnum


class Unit(StrEnum):
    """What a figure is a number of."""

    PEOPLE = "people"
    ATTENDANCES = "attendances"
    ORGANISATIONS = "organisations"
    FAMILIES = "families"
    EVENTS = "events"
    RELEASES = "releases"
    MILESTONES = "milestones"
    HECTARES = "hectares"


class Split(StrEnum):
    """What a figure is told apart by."""

    SEX = "sex"
    AGE = "age"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    LEVEL = "level"
    KIND = "kind"


class Measure(StrEnum):
    """How a figure is come by; queries/measures.py has one function for each."""

    PEOPLE = "people"
    ATTENDANCES = "attendances"
    ORGANISATIONS = "organisations"
    FAMILIES = "families"
    EVENTS = "events"
    HEADS = "heads"
    PEOPLE_SHARE = "people_share"
    ATTENDANCE_RATE = "attendance_rate"
    COMPLETION = "completion"
    DESERTION = "desertion"
    RE_ENTRY = "re_entry"
    TRAINERS_ACTIVE = "trainers_active"
    WOMEN_DECIDING = "women_deciding"
    RELEASES = "releases"
    MILESTONES = "milestones"
    IMPROVED = "improved"


class SnapshotState(StrEnum):
    """Whether frozen figures are agreed."""

    WAITING = "waiting"
    APPROVED = "approved"
    TURNED_DOWN = "turned_down"


class ReportFormat(StrEnum):
    """What kind of file a report is."""

    XLSX = "xlsx"
    DOCX = "docx"
