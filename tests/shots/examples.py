"""THE table of what pages with parameters are shown with. Pages without parameters join by themselves.

A page that is missing here fails `tests/architecture/test_shots.py`. An address is built from all values; what is no
parameter of it goes into the query. What stands in several versions (a question per kind of outcome) has several rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from . import fieldwork, work
from .stage import Stage

Values = Mapping[str, Any]
Examples = Callable[[Stage], list[Values]]

NOT_A_PAGE = {
    "asset": "style, scripts and pictures",
    "curriculum.picture": "a picture of a unit",
    "healthz": "for machines",
    "readyz": "for machines",
    "openapi": "for machines",
    "sync.fetch": "for machines",
    "interchange.file": "a file to keep",
    **work.NOT_A_PAGE,
    **fieldwork.NOT_A_PAGE,
}

PE = {"slug": "my-coop", "region": "PE"}
WORLD = {"slug": "my-coop", "region": "001"}
SAM = {"slug": "my-coop", "region": "PE-SAM"}
GT = {"slug": "my-coop", "region": "GT"}

EXAMPLES: dict[str, Examples] = {
    "adaptation.edit_block": lambda s: [{**PE, "block": s.adapted}, {**GT, "block": s.unanswered}],
    "adaptation.edit_unit": lambda s: [{**PE, "unit": s.unit}],
    "adaptation.fork": lambda _: [WORLD, {**PE, "country": "PE"}],
    "adaptation.insert_block": lambda s: [{**PE, "block": s.adapted}],
    "adaptation.modules": lambda _: [PE],
    "adaptation.new_unit": lambda s: [{**PE, "unit": s.unit}],
    "adaptation.remove_block": lambda s: [{**PE, "block": s.adapted}],
    "adaptation.sync_done": lambda s: [{**GT, "number": s.applied}],
    "adaptation.sync": lambda _: [PE, SAM],
    "adaptation.sync_question": lambda s: [
        *({**PE, "subject": subject} for subject in s.questions.values()),
        {**PE, "subject": s.decided},
        {**PE, "subject": next(iter(s.questions.values())), "write": 1},
    ],
    "adaptation.sync_summary": lambda _: [PE],
    "adaptation.variable": lambda _: [{**PE, "name": "currency"}],
    "adaptation.variables": lambda _: [PE],
    "curriculum.block": lambda s: [{**PE, "block": s.adapted}],
    "curriculum.change": lambda s: [{**PE, "number": s.edited}],
    "curriculum.compare": lambda _: [WORLD],
    "curriculum.deviations": lambda _: [PE],
    "curriculum.edition": lambda _: [WORLD, PE, SAM],
    "curriculum.history": lambda _: [PE],
    "curriculum.lineage": lambda _: [{"slug": "my-coop", "here": "PE"}],
    "curriculum.release": lambda _: [PE, GT],
    "curriculum.show_release": lambda _: [{**WORLD, "version": "1.1.0"}],
    "curriculum.unit": lambda s: [{**WORLD, "unit": s.unit}, {**PE, "unit": s.unit}],
    "interchange.export": lambda s: [{**PE, "job": s.file}],
    "interchange.exports": lambda _: [PE],
    "people.show_account": lambda s: [{"account_id": s.account}],
}

MORE: dict[str, list[Values]] = {
    "curriculum.editions": [{}, {"q": "coop"}],
    "curriculum.search": [{"q": "cooperativa"}],
    "translation.matrix": [{}, {"show": "stale", "sort": "stale"}],
    "translation.glossary": [{}, {"region": "PE", "view": "here"}],
}


def pages(app: Flask) -> list[Rule]:
    """Every address that shows a page to whoever follows a link."""
    return sorted(
        (r for r in app.url_map.iter_rules() if "GET" in (r.methods or ()) and r.endpoint not in NOT_A_PAGE),
        key=lambda rule: rule.endpoint,
    )


def addresses(app: Flask, stage: Stage) -> dict[str, list[str]]:
    """The addresses of each page that is shown, by endpoint."""
    with app.test_request_context():
        return {
            rule.endpoint: [app.url_for(rule.endpoint, **values) for values in shown(rule, stage)]
            for rule in pages(app)
        }


def shown(rule: Rule, stage: Stage) -> list[Values]:
    """What a page is shown with."""
    if rule.endpoint in work.EXAMPLES:
        return work.EXAMPLES[rule.endpoint](stage.work)
    if rule.endpoint in EXAMPLES:
        return EXAMPLES[rule.endpoint](stage)
    if rule.arguments and rule.endpoint.split(".")[0] in fieldwork.FAMILIES:
        return fieldwork.values(rule, stage.field)
    return MORE.get(rule.endpoint, [{}])
