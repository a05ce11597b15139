"""The rules on accounts, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.people import rules
from app.people.permissions import VISITOR, Actor, Grant, Permission, Role, Scope, allows, parse_scope

NOON = datetime(2025, 3, 8, 12, tzinfo=UTC)


def administrator(scope: str) -> Actor:
    return Actor(account_id=1, grants=(Grant(Role.ADMINISTRATOR, parse_scope(scope)),))


@pytest.mark.parametrize(
    ("minutes_ago", "locked"),
    [
        ([], 0),
        ([1, 1], 0),
        ([3, 2, 1], 14),
        ([20, 2, 1], 0),
        ([16, 3, 2, 1], 14),
        ([14, 14, 14], 1),
        ([0, 0, 0], 15),
        ([15, 2, 1], 0),
    ],
)
def test_an_account_is_locked_until_the_window_after_the_last_failure(minutes_ago: list[int], locked: int) -> None:
    failures = [NOON - timedelta(minutes=m) for m in minutes_ago]
    assert rules.minutes_locked(failures, NOON, allowed=3, window_minutes=15) == locked


@given(st.lists(st.integers(0, 3600), max_size=9))
def test_a_lock_is_never_longer_than_the_window_and_never_zero_minutes_long(seconds_ago: list[int]) -> None:
    failures = [NOON - timedelta(seconds=s) for s in sorted(seconds_ago, reverse=True)]
    recent = sum(s < 900 for s in seconds_ago)
    minutes = rules.minutes_locked(failures, NOON, allowed=3, window_minutes=15)
    assert 0 <= minutes <= 15
    assert (minutes > 0) == (recent >= 3)


@pytest.mark.parametrize("username", ["ab", "rosa.quispe", "r2-d2", "0x", "a" * 40])
def test_user_names_that_will_do(username: str) -> None:
    rules.check_username(username)


@pytest.mark.parametrize("username", ["", "a", "Rosa", "ñusta", ".a", "a b", "a\n", "a" * 41, "rosa@coop"])
def test_user_names_that_will_not_do(username: str) -> None:
    with pytest.raises(rules.BadUsername):
        rules.check_username(username)


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("tres arboles", None),
        ("123456789", rules.ShortPassword),
        ("x" * 201, rules.ShortPassword),
        ("aaaaaaaaaaaa", rules.GuessablePassword),
        ("mi Rosa.Q querida", rules.GuessablePassword),
    ],
)
def test_passwords(password: str, refusal: type[Refused] | None) -> None:
    if refusal is None:
        rules.check_password(password, "rosa.q")
        return
    with pytest.raises(refusal):
        rules.check_password(password, "rosa.q")


@pytest.mark.parametrize(
    ("manages", "held", "expected"),
    [
        ("*", ["*"], True),
        ("*", [], True),
        ("*", ["my-coop/PE", "*/EC"], True),
        ("*/PE", ["*/PE"], True),
        ("*/PE", ["my-coop/PE-SAM", "*/PE"], True),
        ("*/PE", ["*/PE", "*/EC"], False),
        ("*/PE", ["*"], False),
        ("*/PE", [], False),
        ("*/P", ["*/PE"], False),
        ("my-coop", ["my-coop/PE"], True),
        ("my-coop", ["fact/PE"], False),
        ("my-coop/PE-SAM", ["my-coop/PE"], False),
    ],
)
def test_who_manages_whose_account(manages: str, held: list[str], expected: bool) -> None:
    actor, scopes = administrator(manages), [parse_scope(text) for text in held]
    assert rules.manages(actor, scopes) is expected
    assert not rules.manages(VISITOR, scopes)


@pytest.mark.parametrize(
    ("scope", "exists", "refusal"),
    [
        (Scope(), True, None),
        (Scope("my-coop", "PE"), True, None),
        (Scope("my coop", "PE"), True, rules.BadCurriculum),
        (Scope("-", None), True, rules.BadCurriculum),
        (Scope("my-coop", "XX"), False, rules.BadRegion),
    ],
)
def test_where_a_role_can_hold(scope: Scope, exists: bool, refusal: type[Refused] | None) -> None:
    if refusal is None:
        rules.check_scope(scope, region_exists=exists)
        return
    with pytest.raises(refusal):
        rules.check_scope(scope, region_exists=exists)


@pytest.mark.parametrize(
    ("active", "demo", "demo_mode", "may"),
    [
        (True, False, False, True),
        (True, False, True, True),
        (True, True, True, True),
        (True, True, False, False),
        (False, False, False, False),
        (False, True, True, False),
    ],
)
def test_who_may_sign_in(active: bool, demo: bool, demo_mode: bool, may: bool) -> None:
    assert rules.may_sign_in(active=active, demo=demo, demo_mode=demo_mode) is may


@given(st.text(max_size=60))
def test_what_is_noted_of_a_name_can_always_be_kept(typed: str) -> None:
    noted = rules.name_of_attempt(typed)
    assert noted.isascii()
    assert noted.isprintable()
    assert len(noted) <= 71
    assert noted == rules.name_of_attempt(f" {typed.lower()} ")


@given(st.text(alphabet=st.sampled_from("/\\.:@?#ab%\t\n \0;"), max_size=8).map(lambda rest: "/" + rest))
def test_a_path_of_ours_never_names_another_host(wanted: str) -> None:
    path = rules.own_path(wanted, otherwise="/home")
    assert path.startswith("/")
    assert path[1:2] not in {"/", "\\"}
    assert path.isprintable()


def test_every_role_may_do_something_and_only_administrators_manage_accounts() -> None:
    for role in Role:
        actor = Actor(account_id=1, grants=(Grant(role, Scope()),))
        assert allows(actor, Permission.OWN_ACCOUNT)
        assert allows(actor, Permission.MANAGE_ACCOUNTS) == (role is Role.ADMINISTRATOR)
        assert not allows(VISITOR, Permission.OWN_ACCOUNT)
