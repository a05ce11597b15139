"""The words people see for kinds of assessments, items and answers, for progress and certificates."""

from __future__ import annotations

from app.core.errors import N_
from app.web import words

from . import kinds as k

words.register(
    {
        k.AssessmentKind.PAIR: N_("Before and after"),
        k.AssessmentKind.QUIZ: N_("Quiz"),
        k.AssessmentKind.SURVEY: N_("Survey"),
        k.AssessmentKind.RUBRIC: N_("Observation by criteria"),
    },
    {
        k.Moment.PRE: N_("Before"),
        k.Moment.POST: N_("After"),
        k.Moment.ONCE: N_("Once"),
    },
    {
        k.ItemKind.SINGLE: N_("One answer"),
        k.ItemKind.MULTIPLE: N_("Several answers"),
        k.ItemKind.ORDER: N_("Put in order"),
        k.ItemKind.MATCH: N_("Match the pairs"),
        k.ItemKind.NUMBER: N_("A number"),
        k.ItemKind.OPEN: N_("In one's own words"),
        k.ItemKind.SCALE: N_("On a scale"),
        k.ItemKind.CRITERION: N_("By criterion"),
    },
    {
        k.AnswerMode.SELF: N_("By themselves"),
        k.AnswerMode.READ_ALOUD: N_("Read aloud to them"),
        k.AnswerMode.PAPER: N_("On paper"),
        k.AnswerMode.GROUP: N_("As a group"),
    },
    {
        k.Evidence.READ: N_("Read"),
        k.Evidence.ATTENDED: N_("Attended"),
        k.Evidence.ASSESSED: N_("Assessed"),
    },
    {
        k.Standing.NOT_BEGUN: N_("Not begun"),
        k.Standing.BEGUN: N_("Begun"),
        k.Standing.DONE: N_("Done"),
    },
    {
        k.CertificateKind.COMPLETION: N_("Certificate of completion"),
        k.CertificateKind.PARTICIPATION: N_("Certificate of participation"),
    },
    {
        k.CertificateState.VALID: N_("Valid"),
        k.CertificateState.REVOKED: N_("Revoked"),
        k.CertificateState.REPLACED: N_("Replaced by a newer one"),
    },
)
