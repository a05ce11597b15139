"""The figures of a programme's first page, and those of its organisations. Unchecked: `scopes` is asked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.delivery.models import Activity, ActivityOrganisation, Programme
from app.delivery.rules.counting import AgeGroup, By
from app.delivery.rules.small_groups import hidden_shares, share_is_open
from app.infra.db import db
from app.people.kinds import Sex

from . import counting, counting_events
from .counting_events import Reach
from .counting_rows import Asked, of_activities, rows_of


@dataclass(frozen=True, slots=True)
class Figures:
    """Whom a programme reached. `women`, `young` and `aged` (whose age is known) are None where they name somebody.

    `over_organisations` is the sum of people over organisations, those without one included: at least `reach.people`.
    """

    reach: Reach
    women: int | None
    young: int | None
    aged: int | None
    over_organisations: int


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """Who came for one organisation. `women` is None where that, or who is no woman, would name somebody."""

    people: int
    attendances: int
    women: int | None


def figures(programme: Programme) -> Figures:
    """What stands on a programme's page; eight queries for any number of rows."""
    asked = counting.of_programme(programme)
    reach = counting_events.reach(asked)
    of_organisations = counting.people_by(asked, By.ORGANISATION)
    by_sex, by_age = counting.people_by(asked, By.SEX), counting.people_by(asked, By.AGE)
    women, young = by_sex.get((Sex.WOMAN.value,), 0), by_age.get((AgeGroup.YOUNG.value,), 0)
    aged = reach.people - by_age.get((AgeGroup.NOT_KNOWN.value,), 0)
    tells_young = share_is_open(young, aged)
    return Figures(
        reach,
        women if share_is_open(women, reach.people) else None,
        young if tells_young else None,
        aged if tells_young else None,
        sum(of_organisations.values()),
    )


def by_organisation(programme: Programme) -> Mapping[int | None, OfOrganisation]:
    """People, attendances and women of each organisation that sent somebody; None are those who came for none."""
    asked = counting.of_programme(programme)
    people = counting.people_by(asked, By.ORGANISATION)
    women = {
        organisation: number
        for (organisation, sex), number in counting.people_by(asked, By.ORGANISATION, By.SEX).items()
        if sex == Sex.WOMAN.value
    }
    attendances = _attendances(asked)
    parts = {organisation: (women.get(organisation, 0), number) for (organisation,), number in people.items()}
    untold = hidden_shares(parts)
    return {
        organisation: OfOrganisation(
            number, attendances.get(organisation, 0), None if organisation in untold else count
        )
        for organisation, (count, number) in parts.items()
    }


def _attendances(asked: Asked) -> dict[int | None, int]:
    rows = rows_of(asked)
    pairs = select(rows.c.organisation, rows.c.event, rows.c.person).distinct().subquery()
    counted = select(pairs.c.organisation, func.count()).group_by(pairs.c.organisation)
    return dict(db.session.execute(counted).all())


def people(programme: Programme) -> int:
    """How many people came in all, each once."""
    return counting.people(counting.of_programme(programme))


def activities_of_organisations(programme: Programme) -> dict[int, int]:
    """In how many held activities each organisation took part; who only hosted is left out."""
    counted = (
        select(ActivityOrganisation.organisation_id, func.count(ActivityOrganisation.activity_id.distinct()))
        .join(Activity, Activity.id == ActivityOrganisation.activity_id)
        .where(
            ActivityOrganisation.programme_id == programme.id,
            ActivityOrganisation.role.in_(counting_events.TAKING_PART),
            *of_activities(counting.of_programme(programme)),
        )
        .group_by(ActivityOrganisation.organisation_id)
    )
    return dict(db.session.execute(counted).all())
