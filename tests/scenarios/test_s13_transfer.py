"""S13: a method against child labour moves from Ecuador to Costa Rica, with an agreement and contacts of its own.

What differs there has a reason each; what Ecuador corrects later reaches Costa Rica without touching what is its own.
"""

from __future__ import annotations

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.adaptation.rules import NeedsReason
from app.core.content import Block, Content, Kind, LinkState, Lock
from app.curriculum import actions as curriculum
from app.curriculum.actions.release import NotReady
from app.curriculum.manifests import Variable
from app.curriculum.models import Edition
from app.curriculum.queries import contents, deviations, editions, lineage, reading
from app.people.models import Account
from app.people.permissions import COMMAND_LINE, Actor, NotAllowed, Role, Scope
from app.people.queries import actor_of
from tests import factories

SLUG = "modelo-publico-privado"
ES = """\
# Un acuerdo que protege a la niñez

El modelo une a {{public_body}} con las empresas y las organizaciones que compran y venden {{crop}}.

Toda visita a una finca empieza por escuchar a la familia. Nadie pregunta a una niña o a un niño sin su familia.

/// note | Para quien facilita

El acuerdo vigente aquí es {{agreement}}. Léalo en voz alta antes de la sesión.
///

/// handout | A quién llamar

Si ve a una niña o a un niño en un trabajo peligroso, llame a {{contact}}.
///
"""
EN = """\
# An agreement that protects children

The model joins {{public_body}} with the companies and organisations that buy and sell {{crop}}.

Every visit to a farm begins by listening to the family. Nobody questions a child without the family.

/// note | For whoever facilitates

The agreement in force here is {{agreement}}. Read it aloud before the session.
///

/// handout | Whom to call

If you see a child in dangerous work, call {{contact}}.
///
"""
ECUADOR = {
    "public_body": "el ministerio del ramo",
    "crop": "banano y flores",
    "agreement": "el acuerdo ecuatoriano (demo)",
    "contact": "la mesa de Ecuador (demo)",
}
COSTA_RICA = {
    "public_body": "la oficina de erradicación del trabajo infantil",
    "crop": "café y caña",
    "agreement": "el acuerdo costarricense (demo)",
    "contact": "la mesa de Costa Rica (demo)",
}

AGREEMENT = {
    "es": """\
/// note | Para quien facilita

El acuerdo vigente aquí es {{agreement}}. Repártalo impreso: lo firmaron tres partes.
///""",
    "en": """\
/// note | For whoever facilitates

The agreement in force here is {{agreement}}. Hand it out on paper: three parties signed it.
///""",
}


@pytest.fixture
def ecuador(app: Flask) -> Edition:
    """The model as Ecuador wrote it down: raised there, with no original for the world above it."""
    texts = {"es": ES, "en": EN}
    locks = {Kind.NOTE: Lock.MUST_ADAPT, Kind.HANDOUT: Lock.MUST_ADAPT}
    return factories.load(
        factories.original(
            SLUG,
            region="EC",
            source_language="es",
            languages=("es", "en"),
            variables={name: Variable({"*": value}, {}) for name, value in ECUADOR.items()},
            units=[factories.unit(f"{SLUG}-1-1", texts, locks=locks)],
        )
    )


@pytest.fixture
def team(app: Flask) -> Actor:
    """Who adapts it in Costa Rica; there and nowhere else."""
    account: Account = factories.account("costarica", Role.DESIGNER, Scope(SLUG, "CR"))
    return actor_of(account)


@pytest.fixture
def costa_rica(ecuador: Edition, team: Actor) -> Edition:
    return adaptation.fork(
        team, factories.newest(ecuador), "CR", why="Transferencia acordada en el taller del 26 al 28 de agosto"
    )


def head(edition: Edition) -> Content:
    return contents.state(editions.head_of(edition)).content


def block(edition: Edition, kind: Kind) -> Block:
    return next(b for _, _, b in head(edition).blocks() if b.kind is kind)


def settle(team: Actor, edition: Edition) -> None:
    """What Costa Rica needs before it may release: its own names, and an answer to what Ecuador asks to adapt."""
    for name, value in COSTA_RICA.items():
        adaptation.set_variables(team, edition, {name: {"*": value}}, why=f"En Costa Rica rige lo propio: {name}")
    note = block(edition, Kind.NOTE)
    for language, text in AGREEMENT.items():
        adaptation.edit_block(
            team,
            edition,
            note.uid,
            language,
            text,
            why="El acuerdo costarricense tiene tres firmas y se entrega impreso",
            evidence="Taller de transferencia, acuerdo 2",
        )
    adaptation.confirm(
        team, edition, block(edition, Kind.HANDOUT).uid, why="El aviso vale; solo cambia a quién se llama"
    )


def test_costa_rica_cannot_release_before_its_own_agreement_and_contacts_are_in(
    team: Actor, costa_rica: Edition
) -> None:
    with pytest.raises(NotReady) as refused:
        curriculum.release(team, costa_rica, "Primera")
    assert len(refused.value.missing) == 2
    with pytest.raises(NeedsReason):
        adaptation.edit_block(team, costa_rica, block(costa_rica, Kind.PARAGRAPH).uid, "es", "Otro texto.")


def test_the_transfer_keeps_its_line_and_a_reason_for_each_change(
    team: Actor, ecuador: Edition, costa_rica: Edition
) -> None:
    settle(team, costa_rica)
    made = curriculum.release(team, costa_rica, "Edición para Costa Rica")

    assert made.version == "1.0.0"
    assert [one.region for one in editions.ancestors(costa_rica)] == ["EC"]
    tree = lineage.tree(COMMAND_LINE, SLUG)
    assert [(n.edition.region, n.edition.parent_id) for n in tree] == [("EC", None), ("CR", ecuador.id)]

    seen = reading.view(COMMAND_LINE, SLUG, "CR", version="1.0.0", language="es")
    found = deviations.register(seen)
    assert [(entry.kind, entry.state) for entry in found] == [(Kind.NOTE, LinkState.ADAPTED)]
    assert all(entry.act and entry.act.why and entry.act.stems_from for entry in found)
    assert seen.state.local.values("es")["contact"] == COSTA_RICA["contact"]
    assert contents.state(editions.head_of(ecuador)).local.values("es")["contact"] == ECUADOR["contact"]


def test_what_ecuador_corrects_later_arrives_and_leaves_what_is_costa_rican(
    team: Actor, ecuador: Edition, costa_rica: Edition
) -> None:
    settle(team, costa_rica)
    curriculum.release(team, costa_rica, "Edición para Costa Rica")
    paragraphs = [b for _, _, b in head(ecuador).blocks() if b.kind is Kind.PARAGRAPH]
    for language, text in {
        "es": "Toda visita a una finca empieza por pedir permiso y escuchar a la familia.",
        "en": "Every visit to a farm begins by asking permission and listening to the family.",
    }.items():
        adaptation.edit_block(COMMAND_LINE, ecuador, paragraphs[1].uid, language, text, why="Lo pidió la evaluación")
    newest = curriculum.release(COMMAND_LINE, ecuador, "Correcciones")
    adaptation.apply_sync(team, costa_rica, newest, safe=True, why="Correcciones de Ecuador")

    words = contents.bodies(b.texts["es"] for _, _, b in head(costa_rica).blocks())
    assert any("pedir permiso" in text for text in words.values())
    assert any("tres partes" in text for text in words.values())


def test_neither_team_may_change_the_others_edition(team: Actor, ecuador: Edition, costa_rica: Edition) -> None:
    with pytest.raises(NotAllowed):
        adaptation.edit_block(team, ecuador, block(ecuador, Kind.PARAGRAPH).uid, "es", "No.", why="porque sí")
    guest = actor_of(factories.account("ecuador", Role.DESIGNER, Scope(SLUG, "EC")))
    with pytest.raises(NotAllowed):
        adaptation.set_variables(guest, costa_rica, {"contact": {"*": "otra"}}, why="porque sí")
