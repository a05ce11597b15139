"""What every page of a cohort needs: the cohort of its address, ways to pages of other packages, page numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app, request, url_for

from app.delivery.models import Cohort
from app.delivery.queries import scopes
from app.infra import clock
from app.people.login import current_actor
from app.people.permissions import Permission, allows


def opened(slug: str, permission: Permission = Permission.SEE_COHORT) -> Cohort:
    """The cohort of the address, for somebody who has this permission on it."""
    return scopes.cohort(current_actor(), slug, permission)


def may(cohort: Cohort, permission: Permission) -> bool:
    """Whether the person of this request may do this with a cohort."""
    return allowed(cohort, permission)[permission]


def allowed(cohort: Cohort, *permissions: Permission) -> dict[Permission, bool]:
    """Which of these the person of this request has on a cohort; one query."""
    actor, where = current_actor(), scopes.of_cohort(cohort)
    return {permission: allows(actor, permission, where) for permission in permissions}


def today() -> date:
    """The day."""
    return clock.now().date()


def way(endpoint: str, **values: Any) -> str:
    """The address of a page that another package brings; empty where there is none."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def pages_of(count: int, each: int, endpoint: str, **values: Any) -> dict[str, Any]:
    """What a list in pages shows: which page, of how many, and the addresses beside it."""
    pages = max(1, -(-count // each))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)

    def address(number: int) -> str:
        kept = {name: value for name, value in values.items() if value}
        return url_for(endpoint, **kept, page=number) if 1 <= number <= pages else ""

    return {
        "count": count, "page": page, "pages": pages, "before": address(page - 1), "after": address(page + 1),
        "offset": (page - 1) * each,
    }  # fmt: skip
