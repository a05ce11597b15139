"""Changing accounts here; persons and organisations in the modules beside."""

from .accounts import (
    change_password,
    create_account,
    end_role,
    grant_role,
    link_person,
    reset_password,
    set_active,
    set_language,
    try_password,
)

__all__ = [
    "change_password",
    "create_account",
    "end_role",
    "grant_role",
    "link_person",
    "reset_password",
    "set_active",
    "set_language",
    "try_password",
]
