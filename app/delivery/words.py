"""The words people see for kinds and states of programmes, cohorts, sessions and marks, and for reasons."""

from __future__ import annotations

from flask_babel import gettext

from app.core.errors import N_
from app.infra.i18n import region_name
from app.people.permissions import WORLD
from app.web import words

from . import kinds as k
from .rules.cohorts import DOUBLED

words.register(
    {
        k.ProgrammeRole.LEAD: N_("Leads the programme"),
        k.ProgrammeRole.DONOR: N_("Donor"),
        k.ProgrammeRole.PARTNER: N_("Partner"),
        k.ProgrammeRole.HOST: N_("Host"),
        k.ProgrammeRole.PARTICIPANT: N_("Takes part"),
    },
    {
        k.CohortLevel.MASTER: N_("Master trainers"),
        k.CohortLevel.TRAINERS: N_("Trainers"),
        k.CohortLevel.CASCADE: N_("Members and families"),
        k.CohortLevel.VALIDATION: N_("Validation"),
        k.CohortLevel.PILOT: N_("Pilot"),
    },
    {
        k.CohortState.PLANNED: N_("Planned"),
        k.CohortState.ACTIVE: N_("Under way"),
        k.CohortState.PAUSED: N_("Paused"),
        k.CohortState.FINISHED: N_("Finished"),
        k.CohortState.CANCELLED: N_("Cancelled"),
    },
    {
        k.EnrolmentState.ACTIVE: N_("Taking part"),
        k.EnrolmentState.PAUSED: N_("On a break"),
        k.EnrolmentState.COMPLETED: N_("Completed"),
        k.EnrolmentState.WITHDRAWN: N_("Stepped down"),
        k.EnrolmentState.DESERTED: N_("Left for good"),
        k.EnrolmentState.TRANSFERRED: N_("Moved to another cohort"),
        k.EnrolmentState.OTHER: N_("Ended for another reason"),
    },
    {
        k.TeachingRole.LEAD: N_("Leads the teaching"),
        k.TeachingRole.CO_FACILITATOR: N_("Teaches together with somebody"),
        k.TeachingRole.ASSISTANT: N_("Assists"),
    },
    {
        k.Mode.IN_PERSON: N_("In person"),
        k.Mode.VIRTUAL: N_("Virtual"),
        k.Mode.BY_PHONE: N_("By phone"),
        k.Mode.FIELD: N_("In the field"),
    },
    {
        k.SessionState.PLANNED: N_("Ahead"),
        k.SessionState.HELD: N_("Took place"),
        k.SessionState.MOVED: N_("Put off"),
        k.SessionState.CANCELLED: N_("Called off"),
    },
    {
        k.Extent.FULLY: N_("Taught in full"),
        k.Extent.PARTLY: N_("Taught in part"),
        k.Extent.CHANGED: N_("Taught with changes"),
    },
    {
        k.Mark.PRESENT: N_("Present"),
        k.Mark.PARTIAL: N_("Part of it"),
        k.Mark.LATE: N_("Late"),
        k.Mark.EXCUSED: N_("Excused"),
        k.Mark.ABSENT: N_("Absent"),
        k.Mark.NOT_EXPECTED: N_("Not expected"),
    },
    {
        k.Source.PHONE: N_("Phone, also without connection"),
        k.Source.WEB: N_("Page"),
        k.Source.FILE: N_("File"),
        k.Source.PAPER: N_("Paper"),
    },
    {
        k.ContactWay.VISIT: N_("Visit"),
        k.ContactWay.CALL: N_("Call"),
        k.ContactWay.MESSAGE: N_("Message"),
        k.ContactWay.MEETING: N_("Meeting"),
    },
    {
        k.RiskLevel.NONE: N_("Doing well"),
        k.RiskLevel.YELLOW: N_("Keep an eye on it"),
        k.RiskLevel.ORANGE: N_("Call soon"),
        k.RiskLevel.RED: N_("Call today"),
    },
    {
        k.Outcome.CAME_BACK: N_("Came back"),
        k.Outcome.STILL_AWAY: N_("Still away"),
        k.Outcome.LEFT: N_("Left"),
        k.Outcome.UNKNOWN: N_("Not known"),
    },
    {
        k.MessageWay.EMAIL: N_("E-mail"),
        k.MessageWay.WHATSAPP: N_("WhatsApp"),
        k.MessageWay.SMS: N_("Text message"),
    },
    {
        k.MessageState.PREPARED: N_("Prepared"),
        k.MessageState.QUEUED: N_("On its way"),
        k.MessageState.SENT: N_("Sent"),
        k.MessageState.FAILED: N_("Could not be sent"),
    },
    {
        k.LicenceKind.TRAINER: N_("Trainer's licence"),
        k.LicenceKind.MASTER_TRAINER: N_("Master trainer's licence"),
    },
    {
        k.ActivityKind.WORKSHOP: N_("Workshop"),
        k.ActivityKind.VALIDATION: N_("Validation"),
        k.ActivityKind.PILOT: N_("Pilot"),
        k.ActivityKind.EXCHANGE: N_("Exchange"),
        k.ActivityKind.FIELD_DAY: N_("Field day"),
        k.ActivityKind.FORUM: N_("Forum"),
        k.ActivityKind.MEETING: N_("Meeting"),
        k.ActivityKind.VIRTUAL: N_("Virtual meeting"),
        k.ActivityKind.CONFERENCE: N_("Conference"),
        k.ActivityKind.COMMUNITY_SESSION: N_("Community session"),
    },
    {
        k.ActivityOrganisationRole.HOST: N_("Host"),
        k.ActivityOrganisationRole.GUEST: N_("Guest"),
        k.ActivityOrganisationRole.PARTICIPANT: N_("Takes part"),
    },
    {
        k.ParticipationRole.PARTICIPANT: N_("Participant"),
        k.ParticipationRole.GUEST: N_("Guest"),
        k.ParticipationRole.TRAINER: N_("Trainer"),
        k.ParticipationRole.EXPERT: N_("Expert"),
        k.ParticipationRole.SUPPORT_STAFF: N_("Support staff"),
        k.ParticipationRole.ORGANISER: N_("Organiser"),
    },
    {
        k.OutputKind.CONSULTATION_RECORD: N_("Record of a consultation"),
        k.OutputKind.EVIDENCE: N_("Evidence"),
        k.OutputKind.PROPOSAL: N_("Proposal"),
        k.OutputKind.POWER_MAP: N_("Power map"),
        k.OutputKind.STRATEGY_INPUT: N_("Input to a strategy"),
        k.OutputKind.EXPERIENCE_RECORD: N_("Record of an experience"),
        k.OutputKind.BUSINESS_INITIATIVE: N_("Business initiative"),
        k.OutputKind.REPORT: N_("Report"),
        k.OutputKind.OTHER: N_("Something else"),
    },
    {
        k.PlaceKind.ORGANISATION: N_("Organisation"),
        k.PlaceKind.SERVICE: N_("Service"),
        k.PlaceKind.MARKET: N_("Market"),
        k.PlaceKind.ROUTE: N_("Route"),
        k.PlaceKind.MEETING_PLACE: N_("Meeting place"),
        k.PlaceKind.TRAINING_PLACE: N_("Place of training"),
        k.PlaceKind.COLLECTION_CENTRE: N_("Collection centre"),
        k.PlaceKind.OTHER: N_("Another place"),
    },
    {
        k.TargetIndicator.PEOPLE: N_("People"),
        k.TargetIndicator.WOMEN: N_("Women"),
        k.TargetIndicator.YOUNG: N_("Young people"),
        k.TargetIndicator.ATTENDANCES: N_("Attendances"),
        k.TargetIndicator.ORGANISATIONS: N_("Organisations"),
        k.TargetIndicator.ACTIVITIES: N_("Activities"),
    },
    {
        k.JoinState.PENDING: N_("Waiting for an answer"),
        k.JoinState.ACCEPTED: N_("Accepted"),
        k.JoinState.DECLINED: N_("Declined"),
    },
    {
        k.Receipt.ACCEPTED: N_("Noted"),
        k.Receipt.REPEATED: N_("Noted already"),
        k.Receipt.QUARANTINED: N_("Kept aside for a person to put right"),
        k.Receipt.CONFLICT: N_("Noted, and disagrees with another mark"),
    },
    {
        k.Fault.MALFORMED: N_("It cannot be read"),
        k.Fault.UNKNOWN_FIELD: N_("It says something that this version does not know"),
        k.Fault.BLANK: N_("It says nothing"),
        k.Fault.OTHER_CONTENT: N_("The same note came before with other content"),
        k.Fault.UNKNOWN_SESSION: N_("Its session is not known here"),
        k.Fault.UNKNOWN_ENROLMENT: N_("Its person is not known here"),
        k.Fault.UNKNOWN_WALK_IN: N_("Its visitor is not known here"),
        k.Fault.UNKNOWN_SUPERSEDED: N_("It corrects a mark that has not arrived"),
        k.Fault.OTHER_COHORT: N_("Its person is in another cohort"),
        k.Fault.OTHER_SESSION: N_("Its visitor came to another session"),
        k.Fault.NOT_YOUR_COHORT: N_("Whoever sent it does not teach this cohort"),
        k.Fault.SUPERSEDES_OTHER: N_("It corrects a mark of somebody else"),
        k.Fault.ODD_MINUTES: N_("Its minutes do not fit the mark"),
        k.Fault.ODD_REASON: N_("Its reason is not on the list"),
        k.Fault.ODD_TIME: N_("Its time cannot be read"),
        k.Fault.IN_FUTURE: N_("Its time lies in the future"),
        k.Fault.LONG_AGO: N_("Its time lies too long ago"),
        k.Fault.NOT_TAUGHT_HERE: N_("It names a unit that this cohort does not teach"),
        k.Fault.TOO_MANY_SESSIONS: N_("The cohort has too many sessions already"),
    },
    {
        k.Repair.AGAIN: N_("Try again as it is"),
        k.Repair.CHANGED: N_("Put right and taken in"),
        k.Repair.SET_ASIDE: N_("Set aside"),
    },
)

REASONS = {
    "distance": N_("Distance or transport"),
    "harvest": N_("Harvest work"),
    "paid_job": N_("Paid work"),
    "migration": N_("Migration"),
    "care": N_("Care at home or pregnancy"),
    "illness": N_("Illness"),
    "study": N_("Other studies"),
    "money": N_("Money"),
    "family": N_("The family does not support it"),
    "insecurity": N_("Insecurity"),
    "not_relevant": N_("The topics do not serve them"),
    "conflict": N_("A conflict in the group"),
    "weather": N_("Weather or the road"),
    "other": N_("Another reason"),
    "unknown": N_("Not known"),
}
"""What `rules.cohorts.REASONS` are called, in the same order."""
words.register_codes("reason", REASONS, never_offered={DOUBLED: N_("It was a second record of the same person")})


def place_of(region: str) -> str:
    """Where a programme of this region is; one that no country bounds works in several."""
    return str(gettext("Several countries")) if region == WORLD else region_name(region)
