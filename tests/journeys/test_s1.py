"""S1 as its people would live it, in Spanish, on their screens: San Martín's edition from a need to its release.

Four roles play it (designer, translator, facilitator of the workshop, representative of a co-operative), with people
who take part in a workshop on their own phones and somebody who signs for law and language. It ends with the release,
whose every departure from the original prints with its reason and what speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import deeds
from .conftest import OpenScreen
from .s1 import agreeing, cast, designing, piloting, releasing, translating, trying
from .s1.cast import Cast, moves_on, unfold, validation
from .screens import Screen

pytestmark = pytest.mark.xdist_group("journeys-s1")


@pytest.fixture(params=["postgresql"])  # the longest of all; its commands and the shorter story go on both
def people(request: pytest.FixtureRequest, open_screen: OpenScreen) -> Iterator[Cast]:
    with cast.playing(request.param, open_screen) as found:
        yield found


def test_san_martin_goes_from_a_need_to_a_release_whose_every_departure_says_why(people: Cast) -> None:
    designer = people.designer
    designing.records_the_need(designer)
    designing.opens_the_edition(designer)
    designing.chooses_the_long_way(designer)
    designing.lets_english_follow_spanish(designer)
    missing = designing.lacks(designer)
    assert missing > 15
    moves_on(designer, "Background study")
    designing.studies_the_statute(designer)
    voices = designing.changes_what_the_finding_speaks_of(designer)
    designing.adds_a_reminder(designer, voices)
    designing.names_the_cooperative(designer)
    designing.confirms_what_holds(designer)
    designing.answers_the_checklist(designer)
    designing.adapts_the_rest(people)
    moves_on(designer, "Adaptation")
    english = (translating.FIND, designing.replaced("en"))
    translating.follows_the_change(people.translator, designing.VOICES, voices, "caserío", english)
    translating.takes_a_suggestion(
        people.translator, designing.VOICES, designing.REMINDER, "The triangle stands", ("The", "Remember: the")
    )
    translating.approves(designer, designing.VOICES, voices)
    moves_on(designer, "Technical validation")
    leaves_out_the_specialists(designer)

    facilitator = people.facilitator
    workshop = trying.plans_it(facilitator)
    trying.invites(facilitator, workshop)
    trying.answer_on_phones(people, trying.opens_the_answers(facilitator, workshop))
    trying.types_the_papers_in(facilitator, workshop)
    trying.says_what_should_differ(people.representative, workshop)
    remark = trying.decides(facilitator, workshop)
    paragraph = trying.carries_it_out(designer, remark)
    trying.closes(facilitator, workshop)
    moves_on(facilitator, "Pilot")

    proposed = agreeing.comments_and_proposes(people.representative)
    agreeing.accepts_and_settles(designer, proposed)

    pilot = piloting.holds_it(facilitator)
    observation, observed = piloting.observes(facilitator, pilot)
    piloting.adjusts(designer, observation)
    piloting.closes(facilitator, pilot)
    moves_on(facilitator, "Adjustments")
    piloting.grades(facilitator)
    for uid, inserted, words in (
        (paragraph, "río", trying.ENGLISH),
        (proposed, "cocina", agreeing.ENGLISH),
        (observed, "efectivo", piloting.ENGLISH),
    ):
        translating.follows_the_change(people.translator, trying.UNIT, uid, inserted, words)
    moves_on(designer, "Signatures")
    assert designing.lacks(designer) == 2  # the signatures, and the last stage
    agreeing.sign(people)
    moves_on(designer, "Release")

    deeds.release(designer, cast.HERE, "Primera edición de la provincia, validada con su gente", "1.0.0")
    releasing.prints_why(people, designer)
    releasing.is_a_table(people, designer)
    releasing.leads_from_paragraph_to_finding(designer, voices)
    releasing.shows_the_family(people.representative)
    releasing.is_a_manual(facilitator)


def leaves_out_the_specialists(screen: Screen) -> None:
    screen.go(validation("stages"))
    skip = unfold(screen, "Leave this stage out")
    screen.fill({"why": "La hizo el equipo nacional con las mismas leyes (demo)"}, skip)
    screen.press("Leave it out and move on", skip)
    screen.sees("The edition stands at the stage “%(stage)s” now.", stage=screen.say("Validation workshop"))
