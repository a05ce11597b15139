"""The glossary comes down regions, the policy comes down editions, and what becomes of remarks is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.checks.terms import Status, Term
from app.core.language import Remark, Style
from app.infra.audit import AuditEntry
from app.infra.db import db
from app.people import queries as people
from app.people.permissions import COMMAND_LINE, Actor, NotAllowed, Role, Scope
from app.translation import actions, glossaryfile, rules
from app.translation.models import Verdict
from app.translation.queries import glossary, policy
from tests import factories as make

from .cells import uid

GLOSSARY = Path(__file__).parents[2] / "app" / "demo" / "glossary.toml"


def person(name: str, role: Role, region: str, curriculum: str | None = "my-coop") -> Actor:
    return people.actor_of(make.account(name, role, Scope(curriculum, region)))


def held(region: str) -> dict[str, Status]:
    return {entry.term.term: entry.term.status for entry in glossary.holding_in(region, "my-coop")}


def test_a_nearer_region_s_word_is_preferred_and_the_wider_one_admitted(app: Flask, root: Actor) -> None:
    actions.add_term(root, Term("plot", "es", "", "finca"))
    actions.add_term(root, Term("plot", "es", "PE", "chacra"))
    actions.add_term(root, Term("plot", "es", "PE-SAM", "finca", Status.FORBIDDEN))
    actions.add_term(root, Term("plot", "es", "SV", "terreno"))
    assert held("MX") == {"finca": Status.PREFERRED}
    assert held("PE") == {"chacra": Status.PREFERRED, "finca": Status.ADMITTED}
    assert held("PE-SAM") == {"chacra": Status.PREFERRED, "finca": Status.FORBIDDEN}


def test_the_glossary_of_the_demonstration_is_read_once(app: Flask, root: Actor) -> None:
    terms = glossaryfile.read(GLOSSARY.read_text("utf-8"))
    assert actions.import_terms(root, terms) == (len(terms), 0)
    assert actions.import_terms(root, terms) == (0, 0)
    assert held("PE-SAM")["chacra"] is Status.PREFERRED
    assert glossary.listed(COMMAND_LINE, search="chacra")[0].note == ""
    assert glossary.listed(COMMAND_LINE, search="fundo")[0].note


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        (Term("", "es", "", "x"), rules.NoTerm),
        (Term("x", "es", "", "  "), rules.NoTerm),
        (Term("x", "klingon", "", "x"), rules.NotALanguage),
        (Term("x", "es", "ZZ", "x"), rules.NoRegion),
        (Term("x", "es", "", "x" * 300), rules.TooLong),
        (Term("x", "es", "", "x", note="x" * 3000), rules.TooLong),
    ],
)
def test_what_is_no_entry_is_refused(app: Flask, root: Actor, term: Term, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        actions.add_term(root, term)


def test_who_translates_in_a_region_keeps_its_words_and_the_record_keeps_what_was(app: Flask, root: Actor) -> None:
    ana = person("ana", Role.TRANSLATOR, "PE")
    row = actions.add_term(ana, Term("plot", "es", "PE-SAM", "chacra"), curriculum="my-coop")
    with pytest.raises(rules.TermExists):
        actions.add_term(ana, Term("plot", "es", "PE-SAM", "chacra"), curriculum="my-coop")
    for region, curriculum in (("SV", "my-coop"), ("PE", ""), ("", "my-coop")):
        with pytest.raises(NotAllowed):
            actions.add_term(ana, Term("plot", "es", region, "chacra"), curriculum=curriculum)
    actions.change_term(ana, row, Term("plot", "es", "PE", "chacra", Status.ADMITTED))
    with pytest.raises(NotAllowed):
        actions.change_term(ana, row, Term("plot", "es", "SV", "chacra"))
    with pytest.raises(NotAllowed):
        actions.remove_term(person("bea", Role.TRANSLATOR, "SV"), row)
    actions.remove_term(ana, row)
    assert held("PE") == {}
    told = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("glossary.%"))))
    assert told == ["glossary.added", "glossary.changed", "glossary.removed"]


def test_a_policy_comes_down_with_its_words_and_exceptions(app: Flask, root: Actor) -> None:
    world = make.load()
    peru = make.fork(world, "PE")
    assert policy.policy_of(peru).policy.style is Style.NEUTRAL
    actions.set_policy(root, world, Style.SPLIT, words={"los socios": ["la membresía"]}, exceptions=["los insumos"])
    actions.set_policy(root, peru, None, exceptions=["Niños Héroes"])
    found = policy.policy_of(peru)
    assert found.policy.style is Style.SPLIT
    assert found.style_from is world
    assert found.policy.words == {"los socios": ("la membresía",)}
    assert found.policy.exceptions == {"los insumos", "Niños Héroes"}
    assert policy.policy_of(world).policy.exceptions == {"los insumos"}
    with pytest.raises(NotAllowed):
        actions.set_policy(person("ana", Role.TRANSLATOR, "PE"), peru, Style.OFF)
    with pytest.raises(rules.NoPhrase):
        actions.set_policy(root, peru, None, exceptions=["  "])


def test_what_becomes_of_remarks_is_counted(app: Flask, root: Actor) -> None:
    peru = make.fork(make.load(), "PE")
    block = uid(peru)

    def judged(rule: str, verdict: Verdict, **more: str) -> None:
        actions.judge(root, peru, block, "es", f"print-{rule}-{verdict}", rule, verdict, **more)

    judged("inclusive-people", Verdict.ACCEPTED)
    judged("inclusive-people", Verdict.REJECTED, reason="A quotation")
    judged("inclusive-house", Verdict.EXCEPTED, phrase="los mayores")
    with pytest.raises(rules.NeedsAnyReason):
        judged("inclusive-people", Verdict.REJECTED)
    with pytest.raises(rules.NoSuchBlock):
        actions.judge(root, peru, "nobody", "es", "x", "x", Verdict.ACCEPTED)
    counts = policy.counted(peru)
    assert counts["inclusive-people"] == {Verdict.ACCEPTED: 1, Verdict.REJECTED: 1}
    assert sum(sum(one.values()) for _, one in policy.by_month(peru)) == 3
    assert policy.policy_of(peru).policy.exceptions == {"los mayores"}
    assert len(policy.verdicts(peru, "es", [block])) == 3


def test_a_remark_is_known_again_while_its_sentence_stays() -> None:
    text = "Uno llega. Los socios deciden juntos. Nadie falta."
    at = text.index("Los socios")
    first = policy.fingerprint(text, Remark("r", at, at + 10, "Los socios"))
    longer = "Algo nuevo se añade aquí. " + text
    moved = longer.index("Los socios")
    assert policy.fingerprint(longer, Remark("r", moved, moved + 10, "Los socios")) == first
    other = text.replace("juntos", "solos")
    assert policy.fingerprint(other, Remark("r", at, at + 10, "Los socios")) != first
