"""Urgent notices: who sees them, until when, what counts as an answer, and what the sender is told level by level."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.adaptation import actions as adaptation
from app.curriculum.models import Edition
from app.discussion import actions, rules
from app.discussion.models import Notice
from app.discussion.queries import notices
from app.discussion.queries.notices import Standing
from app.people.permissions import COMMAND_LINE, NotAllowed, Role
from tests import factories as make
from tests.curriculum.cast import counted

from . import valley
from .test_pages import come
from .valley import TEXT

MENDED = TEXT.replace("Después se vota.", "Después se vota; la ley pide dos tercios.")
WHY = "La ley cambió: sin dos tercios el acuerdo no vale"


def sent(days: int = 10) -> tuple[Edition, Edition, Edition, Notice]:
    """A tree whose original has mended an error and said that it is urgent."""
    top, peru, province = valley.tree()
    valley.world("1.0.1", MENDED, "Error de ley")
    made = actions.send_notice(COMMAND_LINE, make.newest(top), WHY, notices.today() + timedelta(days=days))
    return top, peru, province, made


def standings(notice: Notice) -> dict[str, Standing]:
    return {line.edition.region: line.standing for line in notices.report(COMMAND_LINE, notice).lines}


def test_children_and_grandchildren_are_asked_until_it_has_come_down_to_them(app: Flask) -> None:
    _, peru, province, made = sent()
    assert standings(made) == {"PE": Standing.OPEN, "PE-SAM": Standing.OPEN}
    valley.sync(peru)
    assert standings(made) == {"PE": Standing.TAKEN, "PE-SAM": Standing.OPEN}
    valley.release(peru)
    valley.sync(province)
    assert standings(made) == {"PE": Standing.TAKEN, "PE-SAM": Standing.TAKEN}
    assert notices.urgent_for(COMMAND_LINE) == []


def test_each_person_sees_the_notices_to_the_editions_they_take_changes_into(app: Flask) -> None:
    _, _, _, made = sent()
    seen = {
        region: [(one.edition.region, one.days) for one in notices.urgent_for(valley.person(name, role, region))]
        for name, role, region in (
            ("ana", Role.DESIGNER, "PE"), ("eva", Role.DESIGNER, "PE-SAM"),
            ("rosa", Role.REPRESENTATIVE, "PE-CUS"), ("bo", Role.DESIGNER, "BO"),
        )
    }  # fmt: skip
    assert seen == {"PE": [("PE", 10), ("PE-SAM", 10)], "PE-SAM": [("PE-SAM", 10)], "PE-CUS": [], "BO": []}
    actions.withdraw_notice(COMMAND_LINE, made, "Nos equivocamos")
    assert notices.urgent_for(COMMAND_LINE) == []


def test_saying_that_it_does_not_concern_us_needs_a_reason_and_can_be_taken_back(app: Flask) -> None:
    top, _, province, made = sent()
    eva = valley.person("eva", Role.DESIGNER, "PE-SAM")
    with pytest.raises(rules.NeedsDecline):
        actions.answer_notice(eva, made, province, " ")
    actions.answer_notice(eva, made, province, "Aquí rige otra ley")
    assert standings(made) == {"PE": Standing.OPEN, "PE-SAM": Standing.NOT_OURS}
    actions.reopen_notice(eva, made, province)
    assert standings(made)["PE-SAM"] is Standing.OPEN
    with pytest.raises(NotAllowed):
        actions.answer_notice(valley.person("rosa", Role.REPRESENTATIVE, "PE-SAM"), made, province, "x")
    with pytest.raises(NotAllowed):
        actions.withdraw_notice(eva, made, "x")
    with pytest.raises(rules.NothingToAnswer):
        actions.answer_notice(COMMAND_LINE, made, top, "x")


def test_what_was_left_for_later_has_not_been_taken_in(app: Flask) -> None:
    top, peru, _ = valley.tree()
    valley.world("1.0.1", MENDED.replace("25 soles", "30 soles"), "Error de ley y precio")
    release, block = make.newest(top), valley.uid(peru, valley.STATUTE)
    made = actions.send_notice(COMMAND_LINE, release, WHY, notices.today())
    adaptation.decide(COMMAND_LINE, peru, release, f"{block}:es", "later")
    adaptation.decide(COMMAND_LINE, peru, release, f"{valley.uid(peru, valley.PRICE)}:es", "theirs")
    adaptation.apply_sync(COMMAND_LINE, peru, release)
    assert standings(made)["PE"] is Standing.OPEN, "the release was taken in, and the law was left for later"
    adaptation.decide(COMMAND_LINE, peru, release, f"{block}:es", "theirs")
    adaptation.apply_sync(COMMAND_LINE, peru, release)
    assert standings(made)["PE"] is Standing.TAKEN


@pytest.mark.parametrize("day", ["", "mañana", "2020-01-01", "9999-12-31", "2026-13-40", "20261201", "2026-W49-1"])
def test_a_deadline_is_a_day_from_today_on(app: Flask, day: str) -> None:
    with pytest.raises(rules.BadDeadline):
        rules.deadline(day, notices.today())


def test_one_notice_per_release_and_only_from_those_who_release(app: Flask) -> None:
    top, _, province, made = sent()
    later = notices.today() + timedelta(days=5)
    with pytest.raises(rules.SentAlready):
        actions.send_notice(COMMAND_LINE, made.release, WHY, later)
    with pytest.raises(NotAllowed):
        actions.send_notice(valley.person("ana", Role.DESIGNER, "PE"), made.release, WHY, later)
    with pytest.raises(rules.NeedsWhy):
        actions.send_notice(COMMAND_LINE, make.newest(province), "", later)
    actions.withdraw_notice(COMMAND_LINE, made, "Otra vez")
    assert actions.send_notice(COMMAND_LINE, made.release, WHY, later).id != made.id
    assert len(notices.sent(top)) == 2


def test_names_of_editions_that_the_sender_may_not_know_are_only_counted(app: Flask) -> None:
    top, _, province, _ = sent()
    unreleased = make.fork(valley.fresh(province), "PE-CUS")
    unreleased.public = province.public = False
    sender = valley.person("tom", Role.DESIGNER, "001")
    assert notices.report(sender, notices.sent(top)[0]).hidden == 0, "the world covers every region"
    report = notices.report(valley.person("bo", Role.DESIGNER, "BO"), notices.sent(top)[0])
    assert [line.edition.region for line in report.lines] == ["PE"]
    assert (report.hidden, report.total) == (2, 3)


def test_the_pages_show_the_notice_its_paragraphs_and_the_answers(app: Flask) -> None:
    _, peru, _, made = sent(days=3)
    eva, tom = come(app, "eva", Role.DESIGNER, "PE-SAM"), come(app, "tom", Role.DESIGNER, "001")
    sam, world = "/editions/my-coop/PE-SAM", "/editions/my-coop/001"
    for page in (eva.get(f"{sam}/").text, eva.get("/").text, eva.get(f"{sam}/notices").text):
        assert WHY in page
        assert "3 days left" in page
    page = eva.get(f"{sam}/notices/{made.id}").text
    assert "la ley pide dos tercios" in page
    assert "<ins" in page
    assert "It reaches you through Peru" in page
    assert f"{sam}/sync" not in page, "there is nothing to take in yet"
    bad = eva.post(f"{sam}/notices/{made.id}", data={"do": "not_ours", "why": ""})
    assert bad.status_code == 422
    assert eva.post(f"{sam}/notices/{made.id}", data={"do": "not_ours", "why": "Otra ley aquí"}).status_code == 303
    assert WHY not in eva.get("/").text
    told = tom.get(f"{world}/notices/{made.id}").text
    assert "Otra ley aquí" in told
    assert "2 levels below" in told
    assert "no answer yet" in told
    eva.post(f"{sam}/notices/{made.id}", data={"do": "reopen"})
    valley.sync(peru)
    valley.release(peru)
    page = eva.get(f"{sam}/notices/{made.id}").text
    assert "Peru has released it" in page
    assert f"{sam}/sync" in page
    assert eva.post(f"{sam}/notices/{made.id}", data={"do": "withdraw", "why": "x"}).status_code == 403
    assert eva.get("/editions/my-coop/BO/notices").status_code == 404
    sent_again = tom.post(f"{world}/notices", data={"version": "1.0.0", "why": "", "deadline": "2030-01-01"})
    assert (sent_again.status_code, 'value="2030-01-01"' in sent_again.text) == (422, True)
    assert tom.post(f"{world}/notices/{made.id}", data={"do": "withdraw", "why": "Listo"}).status_code == 303
    assert "Listo" in eva.get(f"{sam}/notices/{made.id}").text


def test_an_overdue_notice_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, _, made = sent(days=2)
    real = notices.today()
    monkeypatch.setattr(notices, "today", lambda: real + timedelta(days=5))
    assert notices.days_left(made) == -3
    assert "3 days overdue" in come(app, "eva", Role.DESIGNER, "PE-SAM").get("/editions/my-coop/PE-SAM/").text


def test_asking_who_has_answered_costs_the_same_for_many_editions(app: Flask) -> None:
    _, peru, _, made = sent()

    def cost() -> int:
        notices.report(COMMAND_LINE, made)
        notices.urgent_for(COMMAND_LINE)
        with counted() as statements:
            notices.report(COMMAND_LINE, made)
            notices.urgent_for(COMMAND_LINE)
        return len(statements)

    few = cost()
    for region in ("PE-CUS", "PE-PUN", "PE-LIM", "PE-ICA"):
        valley.release(make.fork(peru, region))
    assert cost() == few
