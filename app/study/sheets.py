"""What is written down of a need and of each thing in a study, field by field. What a field takes is in rules.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import N_
from app.study.kinds import Answer, Gap, InstrumentKind, Priority, SourceKind, Strength

from .models import Article, Author, CaseRecord, Finding, Instrument, Kept, Quote, Source, SurveyQuestion
from .rules import Field, Form


class Kind(StrEnum):
    """The things of a study, as addresses call them."""

    SOURCES = "sources"
    ARTICLES = "articles"
    INSTRUMENTS = "instruments"
    QUESTIONS = "questions"
    QUOTES = "quotes"
    FINDINGS = "findings"
    CASES = "cases"
    AUTHORS = "authors"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of thing: its table, its fields, what its form is called, and which thing it belongs to."""

    model: type[Kept]
    fields: tuple[Field, ...]
    new: str
    change: str
    within: Kind | None = None
    parent: str = ""  # the column that names what it belongs to


NEED = (
    Field("title", N_("What is needed"), hint=N_("One line, as you would tell a colleague."), required=True),
    Field("conclusion", N_("What was concluded"), Form.TEXT, N_("In the words of the people who were there."), True),
    Field("said_by", N_("Who said it"), hint=N_("The group or the office, rather than a person’s name.")),
    Field("event", N_("At which forum or workshop")),
    Field("held_on", N_("On which day"), Form.DAY),
    Field("priority", N_("How urgent is it?"), Form.CHOICE, choices=Priority),
    Field("organisations", N_("Which organisations took part"), Form.TEXT, more=True),
    Field("place", N_("Where it was"), more=True),
    Field("women", N_("Women who took part"), Form.COUNT, more=True),
    Field("men", N_("Men who took part"), Form.COUNT, more=True),
    Field("young_women", N_("Of the women, how many are young"), Form.COUNT, more=True),
    Field("young_men", N_("Of the men, how many are young"), Form.COUNT, more=True),
    Field("document", N_("Where it is written down"), hint=N_("Minutes, report, page."), more=True),
)

SHEETS: dict[Kind, Sheet] = {
    Kind.SOURCES: Sheet(
        Source,
        (
            Field("title", N_("Title"), required=True),
            Field("kind", N_("What it is"), Form.CHOICE, choices=SourceKind),
            Field("organisation", N_("Who issued it")),
            Field("found_at", N_("Where it can be looked up"), hint=N_("An address, a library, an office, a folder.")),
            Field("dated", N_("Its date"), Form.DAY, more=True),
            Field("valid_from", N_("Valid from"), Form.DAY, more=True),
            Field("valid_to", N_("Valid until"), Form.DAY, N_("Empty while it is in force."), more=True),
            Field("note", N_("Note"), Form.TEXT, N_("For example what still has to be verified."), more=True),
        ),
        N_("Add a source"),
        N_("Change the source"),
    ),
    Kind.ARTICLES: Sheet(
        Article,
        (
            Field("topic", N_("Topic"), hint=N_("For example: who elects the board."), required=True),
            Field("source_id", N_("Law or statute"), Form.ROW),
            Field("article", N_("Article")),
            Field("unit_says", N_("What the unit says"), Form.TEXT),
            Field("law_says", N_("What the law or the statute says"), Form.TEXT, required=True),
            Field("gap", N_("How far apart they are"), Form.CHOICE, choices=Gap),
            Field("action", N_("What is to be done"), Form.TEXT, more=True),
            Field("done", N_("It has been done"), Form.TICK, more=True),
        ),
        N_("Add a row to the review"),
        N_("Change the row of the review"),
    ),
    Kind.INSTRUMENTS: Sheet(
        Instrument,
        (
            Field("name", N_("Its name"), hint=N_("For example: Focus group 2, women."), required=True),
            Field("kind", N_("What it is"), Form.CHOICE, choices=InstrumentKind),
            Field("asked", N_("How many people answered"), Form.COUNT),
            Field("place", N_("Where")),
            Field("began_on", N_("First day"), Form.DAY),
            Field("ended_on", N_("Last day"), Form.DAY, more=True),
            Field("women", N_("Women"), Form.COUNT, more=True),
            Field("men", N_("Men"), Form.COUNT, more=True),
            Field("young", N_("Young people among them"), Form.COUNT, more=True),
            Field("note", N_("How it was done"), Form.TEXT, more=True),
        ),
        N_("Add a survey or a focus group"),
        N_("Change the survey or focus group"),
    ),
    Kind.QUESTIONS: Sheet(
        SurveyQuestion,
        (
            Field("number", N_("Number of the question"), Form.COUNT, required=True),
            Field("asked", N_("What was asked"), Form.TEXT, required=True),
            Field(
                "answers",
                N_("Answers with their numbers"),
                Form.ANSWERS,
                N_("One answer on a line: the answer; all; women; men. For example: by river; 20; 9; 11"),
            ),
            Field("note", N_("Note"), Form.TEXT, more=True),
        ),
        N_("Add a question"),
        N_("Change the question"),
        Kind.INSTRUMENTS,
        "instrument_id",
    ),
    Kind.QUOTES: Sheet(
        Quote,
        (
            Field("words", N_("The words"), Form.TEXT, required=True),
            Field("said_by", N_("Who said it"), hint=N_("As it may be shown: a member, a young man.")),
            Field("consent", N_("May the words be shown?"), Form.CHOICE, choices=Answer),
        ),
        N_("Add somebody’s words"),
        N_("Change somebody’s words"),
        Kind.INSTRUMENTS,
        "instrument_id",
    ),
    Kind.FINDINGS: Sheet(
        Finding,
        (
            Field(
                "statement",
                N_("What was found"),
                Form.TEXT,
                N_("One sentence that somebody who was not there understands."),
                True,
            ),
            Field("strength", N_("How much stands behind it"), Form.CHOICE, choices=Strength),
            Field("note", N_("Note"), Form.TEXT, more=True),
        ),
        N_("Write down a finding"),
        N_("Change the finding"),
    ),
    Kind.CASES: Sheet(
        CaseRecord,
        (
            Field("title", N_("What the case is called"), required=True),
            Field("learning_question", N_("The question it is told for"), Form.TEXT),
            Field("organisation", N_("With which organisation it was written")),
            Field("cleaned", N_("Was everything taken out that could harm somebody?"), Form.CHOICE, choices=Answer),
            Field("evidence", N_("What it rests on"), Form.TEXT, N_("Interviews, minutes, figures."), more=True),
            Field("notes", N_("Notes for whoever facilitates"), Form.TEXT, more=True),
            Field("version", N_("Version"), more=True),
            Field("dated", N_("Date"), Form.DAY, more=True),
        ),
        N_("Write down a case"),
        N_("Change the record of the case"),
    ),
    Kind.AUTHORS: Sheet(
        Author,
        (
            Field("name", N_("Name"), required=True),
            Field("consent", N_("May the name be shown?"), Form.CHOICE, choices=Answer),
            Field("how", N_("How they agreed"), hint=N_("A signed sheet, a recording, a message.")),
            Field("agreed_on", N_("On which day"), Form.DAY),
        ),
        N_("Add a person who wrote it"),
        N_("Change what is written of this person"),
        Kind.CASES,
        "case_id",
    ),
}
