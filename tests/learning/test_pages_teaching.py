"""Pages for those who teach: assessments, answers from paper and in a group, results, completion, certificates."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.delivery.actions import attendance, sessions
from app.delivery.actions.attendance import Marked
from app.delivery.actions.sessions import Report, Taught
from app.delivery.kinds import EnrolmentState, Extent, Mark
from app.delivery.models import Enrolment
from app.infra.db import db
from app.learning.actions import assessments
from app.learning.kinds import AnswerMode, AssessmentKind, ItemKind, Moment
from app.learning.models import Answer, AnswerPoints, Assessment, Certificate
from app.learning.queries import assessments as queries
from app.learning.queries.papers import Paper
from app.learning.rules import codes
from app.people.actions import cards
from app.people.models import Person
from app.people.permissions import COMMAND_LINE, Role, Scope
from tests import factories
from tests.delivery import field as delivery
from tests.translation.counting import counted

from . import paper as make

AT = "/cohorts/lamas/assessments"
COORDINATOR = Scope(region="PE-SAM")


def arrive(
    app: Flask, role: Role = Role.COORDINATOR, scope: Scope = COORDINATOR, name: str = "coordina"
) -> FlaskClient:
    """A browser in which somebody with this role is signed in, in English."""
    factories.account(name, role, scope)
    client = app.test_client()
    answer = client.post("/sign-in", data={"username": name, "password": factories.PASSWORD})
    assert answer.status_code == 303
    client.get("/?lang=en")
    return client


@pytest.fixture
def field(app: Flask) -> delivery.Field:
    return make.field(7)


@pytest.mark.parametrize(
    ("kind", "code", "value"),
    [
        (ItemKind.SINGLE, "b", {"ticked": [1]}), (ItemKind.MULTIPLE, "A, c", {"ticked": [0, 2]}),
        (ItemKind.ORDER, "B C A", {"order": [1, 2, 0]}), (ItemKind.MATCH, "ba-", {"pairs": [1, 0, -1]}),
        (ItemKind.SCALE, "3", {"level": 2}), (ItemKind.NUMBER, "22 soles", {"text": "22 soles"}),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_written(kind: ItemKind, code: str, value: dict[str, object]) -> None:
    assert codes.read(kind, code) == value
    assert codes.read(kind, codes.write(value)) == value


@pytest.mark.parametrize(
    ("kind", "code"), [(ItemKind.SINGLE, "1"), (ItemKind.ORDER, "B-A"), (ItemKind.SCALE, "0"), (ItemKind.SCALE, "x")]
)
def test_what_is_no_code_is_refused(kind: ItemKind, code: str) -> None:
    with pytest.raises(codes.NotACode):
        codes.read(kind, code)


def test_a_pair_is_made_answered_from_paper_and_tells_the_gain(app: Flask, field: delivery.Field) -> None:
    client = arrive(app)
    assert "Nothing is asked yet" in client.get(f"{AT}/").text
    empty = client.post(f"{AT}/new", data={"kind": "pair", "title": "Precios"})
    assert (empty.status_code, 'value="Precios"' in empty.text) == (422, True)
    made = client.post(f"{AT}/new", data={"kind": "pair", "title": "Precios", "unit": make.UNIT})
    pair = db.session.query(Assessment).one()
    assert made.location == f"{AT}/{pair.id}/"
    items = Paper(pair).items
    right, wrong = ["A", "AB", "BCA", "BA", "22 soles"], ["B", "C", "ABC", "AB", "3 soles"]

    def sheet(moment: str, codes: list[str]) -> dict[str, str]:
        cells = {
            f"c-{one.id}-{item.id}": code
            for one in field.learners
            for item, code in zip(items, codes, strict=True)
        }  # fmt: skip
        return {"moment": moment, **cells}

    client.post(f"{AT}/{pair.id}/answers", data=sheet("pre", wrong))
    faulty = client.post(f"{AT}/{pair.id}/answers", data=sheet("post", ["9", *right[1:]]))
    assert faulty.status_code == 422
    assert 'value="9"' in faulty.text
    assert db.session.query(Answer).count() == 7 * 5 + 7 * 4
    assert client.post(f"{AT}/{pair.id}/answers", data=sheet("post", right)).status_code == 303
    assert client.post(f"{AT}/{pair.id}/answers", data=sheet("post", right)).status_code == 303
    assert db.session.query(Answer).count() == 7 * 5 * 2  # the same again is nothing new
    page = client.get(f"{AT}/{pair.id}/").text
    for said in ("+90", "7 did both", "easy for this group", "Persona0 Ejemplo"):
        assert said in page, said
    assert "ABC" not in client.get(f"{AT}/{pair.id}/sheet").text
    assert "BCA" in client.get(f"{AT}/{pair.id}/sheet?key=1").text
    client.post(f"{AT}/{pair.id}/close")
    late = client.post(f"{AT}/{pair.id}/answers", data=sheet("pre", right))
    assert late.status_code == 409
    assert db.session.query(Answer).count() == 7 * 5 * 2


def test_a_sheet_is_read_aloud_to_one_and_agreed_on_by_a_group(app: Flask, field: delivery.Field) -> None:
    client = arrive(app)
    quiz = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Precios", units=[make.UNIT])
    items = Paper(quiz).items
    one, two, three = (learner.uid for learner in field.learners[:3])
    answered = {f"i{items[0].id}-ticked": "0", f"i{items[5].id}-text": "Porque sí", "assisted_by": "Teresa"}
    nobody = client.post(f"{AT}/{quiz.id}/ask", data=answered)
    assert (nobody.status_code, "Porque sí" in nobody.text) == (422, True)
    assert client.post(f"{AT}/{quiz.id}/ask", data={**answered, "person": one}).status_code == 303
    assert client.post(f"{AT}/{quiz.id}/ask", data={**answered, "person": [two, three]}).status_code == 303
    modes = {row.enrolment_id: (row.mode, row.assisted_by) for row in db.session.query(Answer)}
    assert [modes[learner.id] for learner in field.learners[:3]] == [
        (AnswerMode.READ_ALOUD, "Teresa"), (AnswerMode.GROUP, "Teresa"), (AnswerMode.GROUP, "Teresa"),
    ]  # fmt: skip
    page = client.get(f"{AT}/{quiz.id}/").text
    assert "Answers to read" in page
    open_answer = next(row for row in db.session.query(Answer) if "text" in row.value)
    bad = client.post(f"{AT}/{quiz.id}/score", data={"answer": open_answer.uid, "points": "99"})
    assert bad.status_code == 422
    scored = client.post(f"{AT}/{quiz.id}/score", data={"answer": open_answer.uid, "points": "2", "comment": "Bien"})
    assert scored.status_code == 303
    assert client.post(f"{AT}/{quiz.id}/score", data={"answer": "none", "points": "2"}).status_code == 404


def test_what_an_open_answer_is_worth_is_corrected_and_read_by_who_wrote_it(app: Flask, field: delivery.Field) -> None:
    quiz = assessments.create_assessment(COMMAND_LINE, field.cohort, AssessmentKind.QUIZ, "Precios", units=[make.UNIT])
    client, learner = arrive(app), field.learners[0]
    answered = {f"i{Paper(quiz).items[5].id}-text": "Porque así lo acordamos", "person": learner.uid}
    client.post(f"{AT}/{quiz.id}/ask", data=answered)
    given = db.session.query(Answer).one().uid
    address = f"{AT}/{quiz.id}/score"
    client.post(address, data={"answer": given, "points": "0", "comment": "Bien"})
    (first,) = db.session.query(AnswerPoints)
    page = client.get(f"{AT}/{quiz.id}/").text
    assert "Answers to read" not in page
    assert f'name="seen" value="{first.uid}"' in page
    odd = client.post(address, data={"answer": given, "points": "", "comment": "Ahora sí", "seen": first.uid})
    assert (odd.status_code, ">Ahora sí</textarea>" in odd.text) == (422, True), "what was typed is kept"
    client.post(address, data={"answer": given, "points": "2", "comment": "Ahora sí", "seen": first.uid})
    assert queries.shares(quiz, Moment.ONCE) == {learner.id: Fraction(1, 6)}
    client.post(address, data={"answer": given, "points": "1", "comment": "A medias", "seen": first.uid})
    assert "Two people gave different points" in client.get(f"{AT}/{quiz.id}/").text
    card = cards.issue_card(COMMAND_LINE, db.session.get_one(Person, learner.person_id), "4821")
    reader = app.test_client()
    with reader.session_transaction() as held:
        held["_user_id"], held["_fresh"], held["language"] = f"card:{card.id}:{card.stamp}", True, "en"
    assessments.close_assessment(COMMAND_LINE, quiz)
    read = reader.get(f"/my/assessments/{quiz.id}/").text
    assert "In part" in read
    assert "A medias" in read


def test_a_survey_shows_how_many_said_what_from_five_on(app: Flask, field: delivery.Field) -> None:
    client = arrive(app)
    lines = {"scaled": "¿Le sirvió?\n¿Fue claro?", "levels": "Nada\nAlgo\nMucho", "open": "¿Qué falta?"}
    client.post(f"{AT}/new", data={"kind": "survey", "title": "Encuesta", **lines})
    survey = db.session.query(Assessment).one()
    items = Paper(survey).items
    cells = {f"c-{one.id}-{items[0].id}": "3" for one in field.learners}
    client.post(f"{AT}/{survey.id}/answers", data={**cells, f"c-{field.learners[0].id}-{items[2].id}": "Más práctica"})
    page = client.get(f"{AT}/{survey.id}/").text
    assert 'max="7" value="7"' in page
    assert "Más práctica" in page


def test_the_rule_proposes_a_person_decides_and_certificates_follow(app: Flask, field: delivery.Field) -> None:
    client = arrive(app)
    there, away = field.learners[:2]
    for session in field.sessions:
        report = Report(session.planned_on, 90, taught=(Taught(make.UNIT, Extent.FULLY),))
        sessions.report_session(COMMAND_LINE, session, report)
        marks = [Marked(there.id, Mark.PRESENT), Marked(away.id, Mark.ABSENT)]
        attendance.roll_call(COMMAND_LINE, session, marks)
    page = client.get("/cohorts/lamas/completion").text
    assert "Meets the rule" in page
    assert "Took part in 0 % of 4 sessions; the rule asks for 80 %." in page
    form = {"enrolment": [str(away.id)], "deed": "completed", "on": "2026-06-19"}
    refused = client.post("/cohorts/lamas/completion", data=form)
    assert (refused.status_code, "Please write why" in refused.text) == (422, True)
    assert client.post("/cohorts/lamas/completion", data={**form, "on": "2999-01-01"}).status_code == 422
    assert (
        client.post("/cohorts/lamas/completion", data={**form, "enrolment": str(field.qualified.id)}).status_code == 422
    )
    done = client.post("/cohorts/lamas/completion", data={**form, "enrolment": str(there.id)})
    assert done.status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Enrolment, there.id).state is EnrolmentState.COMPLETED
    both = {"enrolment": [str(there.id), str(away.id)], "on": "2026-06-19"}
    assert client.post("/cohorts/lamas/completion", data={**both, "deed": "certify"}).status_code == 409
    assert db.session.query(Certificate).count() == 0  # all or none
    client.post("/cohorts/lamas/completion", data={**both, "deed": "participation"})
    first, _ = db.session.query(Certificate).order_by(Certificate.id)
    address = f"/cohorts/lamas/completion/certificates/{first.id}"
    assert client.post(address, data={"deed": "revoke", "why": ""}).status_code == 422
    assert client.post(address, data={"deed": "reissue", "why": "Faltaba una tilde."}).status_code == 303
    printing = client.post("/cohorts/lamas/completion/print", data={"paper": "us-letter"})
    file = client.get(f"{printing.location}/file")
    assert file.data.startswith(b"%PDF-")
    held = db.session.query(Certificate).filter_by(revoked_at=None)
    alone = [client.get(f"/certificates/{one.serial}/sheet.pdf?paper=letter").data for one in held]
    assert len(alone) == 2
    assert len(file.data) > max(map(len, alone))  # both are in it
    assert client.post("/cohorts/masters/completion/print").status_code == 422
    rule = {"attended": "60", "test": "50", "every_unit": "1"}
    assert client.post("/cohorts/lamas/completion/rule", data=rule).status_code == 303
    assert client.post("/cohorts/lamas/completion/rule", data={**rule, "test": "-1"}).status_code == 422


@pytest.mark.parametrize("path", [f"{AT}/", f"{AT}/new", "/cohorts/lamas/completion"])
def test_what_lies_elsewhere_is_not_there(app: Flask, field: delivery.Field, path: str) -> None:
    other = arrive(app, scope=Scope(region="EC"))
    assert other.get(path).status_code == 404
    pair = make.pair(field.cohort)
    assert other.get(f"{AT}/{pair.id}/").status_code == 404
    assert other.post(f"{AT}/{pair.id}/answers", data={}).status_code == 404
    mine = arrive(app, name="coordina2")
    assert mine.get(f"/cohorts/masters/assessments/{pair.id}/").status_code == 404


def test_queries_do_not_grow_with_people_and_questions(app: Flask, field: delivery.Field) -> None:
    client = arrive(app)
    pair = make.pair(field.cohort)

    def asked() -> list[int]:
        numbers = []
        for path in (f"{AT}/", f"{AT}/{pair.id}/", f"{AT}/{pair.id}/answers", "/cohorts/lamas/completion"):
            client.get(path)
            with counted() as count:
                assert client.get(path).status_code == 200
                numbers.append(count())
        return numbers

    few = asked()
    paper = Paper(pair)
    for learner in field.learners:
        for moment in (Moment.PRE, Moment.POST):
            assessments.keep_answers(COMMAND_LINE, pair, make.sheet(paper, learner, 3, moment))
    more = asked()
    assert all(after <= before + 2 for before, after in zip(few, more, strict=True)), (few, more)
    assert max(more) <= 30


def test_somebody_of_the_board_reads_no_answers(app: Flask, field: delivery.Field) -> None:
    seen = arrive(app, Role.MONITORING, COORDINATOR, "monitoreo")
    assert seen.get(f"{AT}/").status_code == 403
