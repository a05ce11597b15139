"""THE table: which role may do what, and where. Pages, commands and jobs all ask here; nothing is allowed unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import N_, Refused


class Permission(StrEnum):
    """Something that can be done. One member per kind of deed, in the words of the people who do it."""

    READ_DRAFT = "read_draft"
    READ_RELEASE = "read_release"
    FORK_EDITION = "fork_edition"
    EDIT_CONTENT = "edit_content"
    SYNC_EDITION = "sync_edition"
    RELEASE_EDITION = "release_edition"
    EXPORT_EDITION = "export_edition"
    IMPORT_CONTENT = "import_content"
    KEEP_STUDY = "keep_study"
    COMMENT = "comment"
    PROPOSE_CHANGE = "propose_change"
    DECIDE_PROPOSAL = "decide_proposal"
    TRANSLATE = "translate"
    APPROVE_TRANSLATION = "approve_translation"
    RUN_VALIDATION = "run_validation"
    ANSWER_QUESTIONNAIRE = "answer_questionnaire"
    SIGN_OFF = "sign_off"
    LOAD_ORIGINAL = "load_original"
    MANAGE_ACCOUNTS = "manage_accounts"
    OWN_ACCOUNT = "own_account"
    SEE_FIGURES = "see_figures"
    APPROVE_FIGURES = "approve_figures"
    SEE_PEOPLE = "see_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATIONS = "manage_organisations"
    RUN_PROGRAMME = "run_programme"
    SEE_COHORT = "see_cohort"
    RUN_COHORT = "run_cohort"
    TEACH = "teach"
    OBSERVE_TRAINER = "observe_trainer"
    CERTIFY = "certify"
    LEARN = "learn"


class Role(StrEnum):
    """What a person is to a curriculum in a region, to a programme, to an organisation, or to cohorts."""

    ADMINISTRATOR = "administrator"
    DESIGNER = "designer"
    TRANSLATOR = "translator"
    FACILITATOR = "facilitator"
    REPRESENTATIVE = "representative"
    REVIEWER = "reviewer"
    READER = "reader"
    COORDINATOR = "coordinator"
    MASTER_TRAINER = "master_trainer"
    TRAINER = "trainer"
    OBSERVER = "observer"
    MONITORING = "monitoring"
    DONOR = "donor"
    LEARNER = "learner"


_READING = {Permission.READ_RELEASE, Permission.EXPORT_EDITION, Permission.OWN_ACCOUNT}
_TAKING_PART = _READING | {
    Permission.READ_DRAFT,
    Permission.COMMENT,
    Permission.PROPOSE_CHANGE,
    Permission.ANSWER_QUESTIONNAIRE,
}
_REVIEWING = _TAKING_PART | {Permission.APPROVE_TRANSLATION, Permission.SIGN_OFF}
_TRANSLATING = _TAKING_PART | {Permission.TRANSLATE, Permission.APPROVE_TRANSLATION}
_FACILITATING = _TAKING_PART | {Permission.KEEP_STUDY, Permission.RUN_VALIDATION}
_REPRESENTING = _TAKING_PART | {Permission.SIGN_OFF, Permission.SEE_FIGURES, Permission.SEE_PEOPLE}
_LEARNING = {Permission.OWN_ACCOUNT, Permission.LEARN}
_TEACHING = _LEARNING | {Permission.SEE_PEOPLE, Permission.SEE_COHORT, Permission.TEACH}
_LEADING_TRAINERS = _TEACHING | {Permission.OBSERVE_TRAINER, Permission.RUN_COHORT}
_REPORTING = {Permission.OWN_ACCOUNT, Permission.SEE_FIGURES}
_MONITORING = _REPORTING | {Permission.APPROVE_FIGURES, Permission.SEE_PEOPLE, Permission.SEE_COHORT}
_COORDINATING = (
    _LEADING_TRAINERS
    | _REPORTING
    | {
        Permission.APPROVE_FIGURES,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ORGANISATIONS,
        Permission.RUN_PROGRAMME,
        Permission.CERTIFY,
    }
)
_DESIGNING = (
    _REVIEWING
    | _TRANSLATING
    | _FACILITATING
    | {
        Permission.FORK_EDITION,
        Permission.EDIT_CONTENT,
        Permission.SYNC_EDITION,
        Permission.RELEASE_EDITION,
        Permission.IMPORT_CONTENT,
        Permission.DECIDE_PROPOSAL,
    }
)

TABLE: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.DESIGNER: frozenset(_DESIGNING),
    Role.TRANSLATOR: frozenset(_TRANSLATING),
    Role.FACILITATOR: frozenset(_FACILITATING),
    Role.REPRESENTATIVE: frozenset(_REPRESENTING),
    Role.REVIEWER: frozenset(_REVIEWING),
    Role.READER: frozenset(_READING),
    Role.COORDINATOR: frozenset(_COORDINATING),
    Role.MASTER_TRAINER: frozenset(_LEADING_TRAINERS),
    Role.TRAINER: frozenset(_TEACHING),
    Role.OBSERVER: frozenset({Permission.OWN_ACCOUNT, Permission.SEE_COHORT, Permission.OBSERVE_TRAINER}),
    Role.MONITORING: frozenset(_MONITORING),
    Role.DONOR: frozenset(_REPORTING),
    Role.LEARNER: frozenset(_LEARNING),
}

# What can lie in an organisation, a programme or cohorts. Everything else is done to editions, words and accounts,
# which lie in a curriculum and a region: a role within one organisation or programme only does not give it.
WITHIN_ONE = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.SEE_FIGURES,
        Permission.APPROVE_FIGURES,
        Permission.SEE_PEOPLE,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ORGANISATIONS,
        Permission.RUN_PROGRAMME,
        Permission.SEE_COHORT,
        Permission.RUN_COHORT,
        Permission.TEACH,
        Permission.OBSERVE_TRAINER,
        Permission.CERTIFY,
        Permission.LEARN,
    }
)

WORLD = "001"


Ids = frozenset[int]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a role holds, or where a thing lies. In a role, None is "any"; in a thing, None is "in none".

    `curriculum` is a slug, `region` an ISO 3166 code; the others are ids: of organisations, of programmes, of the
    persons who teach (`teachers`), and of the persons whom a thing is about (`persons`). A thing may lie in several.
    """

    curriculum: str | None = None
    region: str | None = None
    organisations: Ids | None = None
    programmes: Ids | None = None
    teachers: Ids | None = None
    persons: Ids | None = None

    @property
    def is_regional(self) -> bool:
        """Whether nothing but curriculum and region bounds it."""
        return self.organisations is self.programmes is self.teachers is self.persons is None

    def covers(self, other: Scope) -> bool:
        """Whether `other` lies within this scope; PE covers PE-SAM, 001 covers the world, one shared id is enough."""
        if self.curriculum is not None and self.curriculum != other.curriculum:
            return False
        if not self._covers_region(other.region):
            return False
        pairs = (
            (self.organisations, other.organisations),
            (self.programmes, other.programmes),
            (self.teachers, other.teachers),
            (self.persons, other.persons),
        )
        return all(held is None or (lies is not None and bool(held & lies)) for held, lies in pairs)

    def _covers_region(self, region: str | None) -> bool:
        if self.region is None or self.region == WORLD:
            return True
        return region is not None and (region == self.region or region.startswith(f"{self.region}-"))


@dataclass(frozen=True, slots=True)
class Grant:
    role: Role
    scope: Scope

    def gives(self, permission: Permission) -> bool:
        """Whether this permission comes with the role where it holds."""
        return permission in TABLE[self.role] and (self.scope.is_regional or permission in WITHIN_ONE)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its grants, a visitor (no account, no grants), or the command line.

    `person_id` is whose account it is, or whose card. A person teaches their own cohorts and learns in them without a
    role being given: see `own_grants`.
    """

    account_id: int | None = None
    name: str = ""
    username: str = ""
    grants: tuple[Grant, ...] = ()
    language: str | None = None
    person_id: int | None = None

    @property
    def is_visitor(self) -> bool:
        return self.account_id is None and not self.grants

    def scopes(self, permission: Permission) -> tuple[Scope, ...]:
        """Where the actor has this permission."""
        return tuple(grant.scope for grant in self.grants if grant.gives(permission))

    @property
    def role_name(self) -> str:
        """The widest role the actor holds, for the record; empty for visitors."""
        held = {grant.role for grant in self.grants}
        return next((role.value for role in Role if role in held), "")


def own_grants(person_id: int | None) -> tuple[Grant, ...]:
    """What somebody may do because of who they are: teach the cohorts they teach, see their own progress."""
    if person_id is None:
        return ()
    me = frozenset({person_id})
    return (Grant(Role.TRAINER, Scope(teachers=me)), Grant(Role.LEARNER, Scope(persons=me)))


VISITOR = Actor()
COMMAND_LINE = Actor(name="vivero", username="vivero", grants=(Grant(Role.ADMINISTRATOR, Scope()),))


class NotAllowed(Refused):
    text = N_("Your account does not allow this here. Ask whoever manages the accounts for access.")
    status = 403


class NotSignedIn(Refused):
    text = N_("You are not signed in any more. Please sign in again; what you noted is kept on this device.")
    status = 401


def allows(actor: Actor, permission: Permission, scope: Scope | None = None) -> bool:
    """Whether the actor may do this in the scope; with no scope, whether anywhere at all."""
    return any(scope is None or held.covers(scope) for held in actor.scopes(permission))


def check(actor: Actor, permission: Permission, scope: Scope | None = None) -> None:
    """Raise `NotAllowed` unless the actor may do this in the scope."""
    if not allows(actor, permission, scope):
        raise NotAllowed


def parse_scope(text: str) -> Scope:
    """Read `my-coop/PE`, `*/PE`, `my-coop` or `*` as a scope."""
    curriculum, _, region = text.strip().partition("/")
    return Scope(
        curriculum=None if curriculum in {"", "*"} else curriculum, region=None if region in {"", "*"} else region
    )
