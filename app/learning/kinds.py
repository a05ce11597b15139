"""The kinds of assessments, items and answers, and what a unit stands at: plain lists that rules and tables share."""

from enum import StrEnum


class AssessmentKind(StrEnum):
    """What is asked for: a pair has the same items before and after; a rubric is filled in by who watches."""

    PAIR = "pair"
    QUIZ = "quiz"
    SURVEY = "survey"
    RUBRIC = "rubric"


class Moment(StrEnum):
    PRE = "pre"
    POST = "post"
    ONCE = "once"


class ItemKind(StrEnum):
    """How an item is answered; the last two are asked in surveys and rubrics and have no right answer."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    OPEN = "open"
    SCALE = "scale"
    CRITERION = "criterion"


class AnswerMode(StrEnum):
    """How somebody answered: by themselves, read out to them, on paper, or as a group that agreed on one answer."""

    SELF = "self"
    READ_ALOUD = "read_aloud"
    PAPER = "paper"
    GROUP = "group"


class Evidence(StrEnum):
    """What says that somebody has been through a unit."""

    READ = "read"
    ATTENDED = "attended"
    ASSESSED = "assessed"


class Standing(StrEnum):
    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    DONE = "done"


class CertificateKind(StrEnum):
    COMPLETION = "completion"
    PARTICIPATION = "participation"


class CertificateState(StrEnum):
    """What the public check says of a serial."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"
