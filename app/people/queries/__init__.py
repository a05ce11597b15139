"""Reading accounts here; persons, organisations and what an actor may see of them in the modules beside."""

from .accounts import (
    account_by_phone,
    account_by_username,
    account_for_session,
    accounts,
    actor_of,
    count_accounts,
    demo_accounts,
    failures_from,
    failures_since,
    history,
    lock_administrators,
    role,
    role_held,
    scope_of_role,
    scopes_held,
)

__all__ = [
    "account_by_phone",
    "account_by_username",
    "account_for_session",
    "accounts",
    "actor_of",
    "count_accounts",
    "demo_accounts",
    "failures_from",
    "failures_since",
    "history",
    "lock_administrators",
    "role",
    "role_held",
    "scope_of_role",
    "scopes_held",
]
