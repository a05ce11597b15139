"""Accounts, organisations and persons: a person is not an account, for many learners never sign in."""

from .accounts import Account, RoleAssignment, SignInAttempt
from .duplicates import NotSamePerson, PersonKey
from .organisations import Organisation, OrganisationFigure, OrganisationTie
from .persons import Affiliation, Consent, ContactPoint, LearnerCard, Person, PersonContact, PersonMerge

__all__ = [
    "Account",
    "Affiliation",
    "Consent",
    "ContactPoint",
    "LearnerCard",
    "NotSamePerson",
    "Organisation",
    "OrganisationFigure",
    "OrganisationTie",
    "Person",
    "PersonContact",
    "PersonKey",
    "PersonMerge",
    "RoleAssignment",
    "SignInAttempt",
]
