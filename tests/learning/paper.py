"""A cohort whose unit has a question of every kind, for tests of learning."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from app.delivery.models import Cohort, Enrolment
from app.learning.actions import assessments
from app.learning.actions.assessments import Response
from app.learning.kinds import AnswerMode, AssessmentKind, Moment
from app.learning.models import Assessment
from app.learning.queries.papers import Paper
from app.people.permissions import COMMAND_LINE
from tests import factories as make
from tests.delivery import field as delivery

UNIT = "my-coop-1-1"
OTHER = "my-coop-1-2"
ES = """\
# Precios

El precio se fija en asamblea.

/// question | ¿Quién decide?
    use: pre, post

- [x] La membresía
- [ ] Quien compra

> Decide la membresía.
///

/// question | ¿Qué se anota?
    use: pre, post

- [x] El peso
- [x] La fecha
- [ ] El rumor
///

/// question | Ordene los pasos.
    use: pre, post
    answer: 2, 3, 1

1. Pagar
2. Pesar
3. Anotar
///

/// question | Una cada palabra.
    use: pre, post
    answer: 2, 1

| Palabra | Qué es |
|---|---|
| Acta | Un lugar |
| Bodega | Un papel |
///

/// question | ¿Cuánto cuesta un saco puesto aquí?
    use: pre, post
    answer: 22 soles
    tolerance: 0.5

> 2,200 entre 100 son 22.
///

/// question | Diga por qué.
    use: post

> Una razón basta.
///
"""
EN = """\
# Prices

The price is set in the assembly.

/// question | Who decides?
    use: pre, post

- [x] The members
- [ ] The buyer

> The members decide.
///

/// question | What is written down?
    use: pre, post

- [x] The weight
- [x] The date
- [ ] The rumour
///

/// question | Put the steps in order.
    use: pre, post
    answer: 2, 3, 1

1. Pay
2. Weigh
3. Note
///

/// question | Match each word.
    use: pre, post
    answer: 2, 1

| Word | What it is |
|---|---|
| Minutes | A place |
| Store | A paper |
///

/// question | What does a sack cost here?
    use: pre, post
    answer: 22 soles
    tolerance: 0.5

> 2,200 by 100 makes 22.
///

/// question | Say why.
    use: post

> One reason is enough.
///
"""
RIGHT: tuple[dict[str, Any], ...] = (
    {"ticked": [0]}, {"ticked": [0, 1]}, {"order": [1, 2, 0]}, {"pairs": [1, 0]}, {"text": "S/ 22,00"},
)  # fmt: skip
WRONG: tuple[dict[str, Any], ...] = (
    {"ticked": [1]}, {"ticked": [2]}, {"order": [0, 2, 1]}, {"pairs": [0, 1]}, {"text": "25 soles"},
)  # fmt: skip
WHEN = {
    Moment.PRE: datetime(2026, 3, 6, 15, tzinfo=UTC),
    Moment.POST: datetime(2026, 4, 3, 15, tzinfo=UTC),
    Moment.ONCE: datetime(2026, 4, 3, 16, tzinfo=UTC),
}


def field(learners: int = 6, meetings: int = 4) -> delivery.Field:
    """A field whose unit asks everything; the cohort meets in March 2026."""
    units = [make.unit(UNIT, {"en": EN, "es": ES}), make.unit(OTHER, {"en": make.EN, "es": make.ES})]
    return delivery.field(learners, meetings, make.original(units=units))


def pair(cohort: Cohort) -> Assessment:
    """The test before and after the first unit, of five questions."""
    return assessments.create_assessment(COMMAND_LINE, cohort, AssessmentKind.PAIR, "Precios", units=[UNIT])


def response(
    paper: Paper, at: int, enrolment: Enrolment, value: dict[str, Any], moment: Moment = Moment.PRE, **changes: Any
) -> Response:  # fmt: skip
    """An answer to the item at a place."""
    when = WHEN[moment]
    values: dict[str, Any] = {"uid": str(uuid.uuid4()), "occurred_at": when, "recorded_at": when, **changes}
    return Response(
        item=paper.items[at].uid,
        enrolment=enrolment.uid,
        moment=moment,
        value=value,
        **values,
    )


def sheet(paper: Paper, enrolment: Enrolment, right: int, moment: Moment, **changes: Any) -> list[Response]:
    """A whole sheet on paper with the first `right` answers right."""
    changes.setdefault("mode", AnswerMode.PAPER)
    return [
        response(paper, at, enrolment, (RIGHT if at < right else WRONG)[at], moment, **changes)
        for at in range(len(RIGHT))
    ]  # fmt: skip
