"""A question with what was read for it already: many figures need who was there and how enrolments stand. Unchecked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from app.delivery.queries import counting_events
from app.infra.db import db
from app.people.models import Organisation
from app.people.permissions import Ids
from app.reporting.kinds import Split

from .asking import Question
from .presence import NOWHERE, Presence, Sum, presence
from .standing import Standing, standing


@dataclass
class Desk:
    """What was read for a question, once for all of its figures."""

    question: Question

    @cached_property
    def presence(self) -> Presence:
        return presence(self.question)

    @cached_property
    def everybody(self) -> Sum:
        """All who were there, whatever the event."""
        return self.presence.summed(self.question.youth_until)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.question)

    @cached_property
    def reached(self) -> Ids:
        """The organisations that took part."""
        return self._reached(counting_events.organisation_ids(self.question.asked()))

    @cached_property
    def kinds(self) -> Mapping[int, tuple[str, str, str]]:
        """Name, kind and region of each organisation that sent somebody or took part."""
        ids = self.reached | {int(key) for key in self.everybody.people_by[Split.ORGANISATION] if key != NOWHERE}
        rows = db.session.execute(
            select(Organisation.id, Organisation.name, Organisation.kind, Organisation.region).where(
                Organisation.id.in_(ids)
            )
        )
        return {id_: (name, kind.value, region) for id_, name, kind, region in rows}

    def _reached(self, ids: Ids) -> Ids:
        return ids if self.question.organisations is None else ids & self.question.organisations
