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


class Role(StrEnum):
    """What a person is to a curriculum in a region."""

    ADMINISTRATOR = "administrator"
    DESIGNER = "designer"
    TRANSLATOR = "translator"
    FACILITATOR = "facilitator"
    REPRESENTATIVE = "representative"
    REVIEWER = "reviewer"
    READER = "reader"


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
_REPRESENTING = _TAKING_PART | {Permission.SIGN_OFF}
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
}

WORLD = "001"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a role holds: a curriculum's slug and a region, either None for any."""

    curriculum: str | None = None
    region: str | None = None

    def covers(self, other: Scope) -> bool:
        """Whether everything in `other` lies within this scope; PE covers PE-SAM, 001 covers the world."""
        if self.curriculum is not None and self.curriculum != other.curriculum:
            return False
        if self.region is None or self.region == WORLD:
            return True
        return other.region is not None and (other.region == self.region or other.region.startswith(f"{self.region}-"))


@dataclass(frozen=True, slots=True)
class Grant:
    role: Role
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its grants, a visitor (no account, no grants), or the command line."""

    account_id: int | None = None
    name: str = ""
    username: str = ""
    grants: tuple[Grant, ...] = ()
    language: str | None = None

    @property
    def is_visitor(self) -> bool:
        return self.account_id is None and not self.grants

    @property
    def role_name(self) -> str:
        """The widest role the actor holds, for the record; empty for visitors."""
        held = {grant.role for grant in self.grants}
        return next((role.value for role in Role if role in held), "")


VISITOR = Actor()
COMMAND_LINE = Actor(name="vivero", username="vivero", grants=(Grant(Role.ADMINISTRATOR, Scope()),))


class NotAllowed(Refused):
    text = N_("Your account does not allow this here. Ask the people who coordinate this edition for access.")
    status = 403


def allows(actor: Actor, permission: Permission, scope: Scope | None = None) -> bool:
    """Whether the actor may do this in the scope; with no scope, whether anywhere at all."""
    return any(
        permission in TABLE[grant.role] and (scope is None or grant.scope.covers(scope)) for grant in actor.grants
    )


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
