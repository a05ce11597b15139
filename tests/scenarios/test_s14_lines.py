"""S14: from what two diagnoses found to five lines of action to activities, readable in both directions."""

from __future__ import annotations

from flask import Flask

from app.delivery.queries import counting, diagnosis
from app.demo.programmes import lay
from app.people.permissions import COMMAND_LINE


def test_s14_every_limitation_leads_to_activities_and_every_activity_back(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s14-sierra")
    assert len(diagnosis.diagnoses(laid.programme)) == 2
    lines = diagnosis.lines_of(laid.programme)
    assert [one.name for one in lines] == [
        "Emprendimientos asociativos", "Vínculos con mercados", "Diálogo de saberes", "Trazabilidad", "Autogestión",
    ]  # fmt: skip
    trace = diagnosis.trace(laid.programme)
    found = diagnosis.limitations(laid.programme)
    assert trace.unanswered([one.id for one in found]) == frozenset()
    names = {one.id: name for name, one in laid.activities.items()}
    market = found[4]
    assert {names[id_] for id_ in trace.activities_of(market.id)} == {"Visita a una tostadora", "Registro de lotes"}
    lots = laid.activities["Registro de lotes"]
    assert trace.limitations_of(lots.id) == {market.id}
    weak = found[0]
    assert {names[id_] for id_ in trace.activities_of(weak.id)} == {
        "Taller de planes de negocio", "Reunión de la comunidad de aprendizaje",
    }  # fmt: skip
    assert [one.name for one in diagnosis.without_line(laid.programme)] == ["Feria de maíz nativo"]
    assert [one.name for one in diagnosis.plan_of(lines[3])] == ["Registro de lotes"]


def test_s14_each_line_is_counted_by_itself_and_nobody_twice(app: Flask) -> None:
    laid = lay(COMMAND_LINE, "s14-sierra")
    whole = counting.people(counting.of_programme(laid.programme))
    by_line = [counting.people(counting.of_programme(laid.programme, line=one.id)) for one in laid.lines]
    assert whole == 15
    assert by_line == [8, 7, 15, 7, 15]
