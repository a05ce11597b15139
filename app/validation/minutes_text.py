"""The minutes of a workshop as Markdown, in the language they are wanted in: for the screen, for paper, for Word.

Names are put in here, from the list of people; what was kept at closing knows persons by their numbers alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

import flask_babel
from flask_babel import force_locale, gettext, ngettext

from app.curriculum.queries.overview import title_of
from app.infra.i18n import language, region_name
from app.validation import words
from app.validation.models import Participant, Workshop, WorkshopClosing
from app.validation.models.workshops import ParticipantRole, Presence, RemarkKind, Verdict, WorkshopKind
from app.validation.queries import minutes, results, workshops
from app.validation.rules import agenda, frozen
from app.validation.rules.frozen import Results
from app.validation.rules.results import FEWEST, Standing
from app.validation.rules.scales import Criterion

_SPECIAL = re.compile(r"([\\`*_{}\[\]>|#])")
_BEGINS = re.compile(r"^([-+]|\d+[.)])")
EMPTY_ROWS = 4


def write(workshop: Workshop, language: str) -> str:
    """The minutes as they were kept, or as they stand while the workshop is not closed."""
    closing = workshops.closing(workshop)
    data = closing.minutes if closing else minutes.collect(workshop)
    found = frozen.load(closing.results) if closing else results.live(workshop)
    people = workshops.participants(workshop)
    reopened = [one for one in workshops.closings(workshop) if one.reopened_at is not None]
    with force_locale(language):
        return "\n\n".join(_parts(workshop, data, found, people, closing, reopened)) + "\n"


def title(workshop: Workshop, language: str) -> str:
    """What the document is called."""
    with force_locale(language):
        return str(gettext("Minutes: %(title)s", title=workshop.title))


def plain(text: str) -> str:
    """A text of one line that Markdown shows as it was typed."""
    return _BEGINS.sub(_escaped_begin, _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _escaped_begin(found: re.Match[str]) -> str:
    """What would begin a list, so that it does not."""
    return f"{found[1][:-1]}\\{found[1][-1]}"


def _paragraphs(text: str) -> str:
    """A text of several lines: empty lines divide paragraphs, lines that begin with a dash make a list."""
    found = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            found.append("\n".join(f"- {plain(line[2:])}" for line in lines))
        elif lines:
            found.append("\\\n".join(plain(line) for line in lines))
    return "\n\n".join(found)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell or " " for cell in line) + " |" for line in lines)


def _parts(
    workshop: Workshop,
    data: dict[str, Any],
    found: Results,
    people: Sequence[Participant],
    closing: WorkshopClosing | None,
    reopened: Sequence[WorkshopClosing],
) -> Iterator[str]:
    yield "# " + plain(gettext("Minutes: %(title)s", title=data["title"]))
    yield _about(workshop, data, people)
    if data["purpose"]:
        yield "## " + gettext("What it was for") + "\n\n" + _paragraphs(data["purpose"])
    yield "## " + gettext("Who took part")
    yield from _who(data, people)
    yield "## " + gettext("How it went") + "\n\n" + _agenda(workshop, data)
    if data["notes"].get("opening"):
        yield _paragraphs(data["notes"]["opening"])
    yield "## " + gettext("What was found")
    yield from _results(found)
    yield "## " + gettext("Remarks and decisions")
    yield from _remarks(data, people)
    yield "## " + gettext("Agreements")
    yield _paragraphs(data["notes"].get("agreements", "")) or plain(gettext("No agreements were written down."))
    if data["notes"].get("closing"):
        yield _paragraphs(data["notes"]["closing"])
    for one in reversed(reopened):
        yield plain(
            gettext(
                "Closed on %(closed)s and opened again on %(opened)s by %(name)s: %(why)s",
                closed=flask_babel.format_date(one.at, "long"),
                opened=flask_babel.format_date(one.reopened_at, "long"),
                name=one.reopened_by,
                why=one.reopened_why,
            )
        )
    yield plain(
        gettext(
            "Closed on %(date)s by %(name)s.", date=flask_babel.format_date(closing.at, "long"), name=closing.actor_name
        )
        if closing
        else gettext("Not closed yet: these minutes still change.")
    )
    yield "## " + gettext("Signatures") + "\n\n" + _signatures(data, people)


def _about(workshop: Workshop, data: dict[str, Any], people: Sequence[Participant]) -> str:
    first = dt.date.fromisoformat(data["starts_on"])
    last = first + dt.timedelta(days=data["days"] - 1)
    when = flask_babel.format_date(first, "full")
    if last != first:
        when = gettext("%(first)s to %(last)s", first=when, last=flask_babel.format_date(last, "full"))
    edition = workshop.edition
    tried = f"{title_of(edition, language())} · {region_name(edition.region)}, "
    if data["version"].startswith("r"):
        tried += gettext("draft, state %(number)s", number=data["revision"])
    else:
        tried += gettext("version %(version)s", version=data["version"])
    rows = [
        (gettext("Kind"), gettext(words.KINDS[WorkshopKind(data["kind"])])),
        (gettext("When"), when),
        (gettext("Place"), data["place"]),
        (gettext("Host"), data["host"]),
        (gettext("Facilitation"), ", ".join(data["facilitators"])),
        (gettext("What was tried"), tried),
        (gettext("On the list"), words.people(len(people))),
    ]
    return "\n".join(f"- **{plain(label)}:** {plain(text)}" for label, text in rows if text)


def _who(data: dict[str, Any], people: Sequence[Participant]) -> Iterator[str]:
    if not people:
        yield plain(gettext("Nobody is on the list."))
        return
    marks = {(one["number"], one["day"]): Presence(one["presence"]) for one in data["attendance"]}
    days = range(1, data["days"] + 1)
    heads = [gettext("No."), gettext("Name"), gettext("Role"), gettext("Organisation")]
    heads += [gettext("Day %(number)s", number=day) for day in days]
    yield _table(
        heads,
        [
            [
                str(one.number),
                plain(one.name or gettext("(erased)")),
                gettext(words.ROLES[ParticipantRole(one.role)]),
                plain(one.organisation),
                *(gettext(words.PRESENCES[mark]) if (mark := marks.get((one.number, day))) else "–" for day in days),
            ]
            for one in people
        ],
    )


def _agenda(workshop: Workshop, data: dict[str, Any]) -> str:
    rows = []
    for line in data["agenda"]:
        said = line["title"]
        if line["kind"] == "answers":
            said = gettext("Questionnaire: %(unit)s", unit=said)
        elif line["kind"] != "unit":
            said = words.item_title(line["kind"], said)
        day = [str(line["day"])] if data["days"] > 1 else []
        rows.append([*day, agenda.clock(line["begins"]), plain(said), str(line["minutes"])])
    heads = [gettext("Begins"), gettext("What"), gettext("Minutes")]
    return _table([gettext("Day"), *heads] if data["days"] > 1 else heads, rows)


def _results(found: Results) -> Iterator[str]:
    tried = [unit for unit in found.units if unit.standing is not Standing.NOT_TRIED]
    if not tried:
        yield plain(gettext("Nobody answered the questionnaire."))
        return
    best = ", ".join(gettext(word) for value, word in words.VALUES[found.scale].items() if value >= found.top_from)
    yield plain(
        gettext(
            "A criterion passes when at least %(threshold)s %% of the answers are in the top band (%(band)s), "
            "with at least %(people)s people. In brackets: number of answers.",
            threshold=found.threshold,
            band=best,
            people=FEWEST,
        )
    )
    heads = [gettext("Unit"), *(gettext(words.CRITERIA[one][0]) for one in Criterion), gettext("Result")]
    rows = []
    for unit in tried:
        cells = []
        for criterion in Criterion:
            score = unit.scores[criterion]
            share = words.percent(score.share) or "–"
            cells.append(plain(f"{share} ({score.answers})"))
        rows.append([plain(unit.title), *cells, gettext(words.STANDINGS[unit.standing][1])])
    yield _table(heads, rows)


def _remarks(data: dict[str, Any], people: Sequence[Participant]) -> Iterator[str]:
    if not data["remarks"]:
        yield plain(gettext("No remarks were made."))
        return
    names = {one.number: one.name for one in people if one.name}
    counts = [sum(one["verdict"] == verdict.value for one in data["remarks"]) for verdict in Verdict]
    said = [f"{gettext(words.VERDICTS[v][1])}: {n}" for v, n in zip(Verdict, counts, strict=True) if n]
    total = ngettext("%(num)s remark", "%(num)s remarks", len(data["remarks"]))
    yield plain(f"{total} ({'; '.join(said)})")
    rows = []
    for one in data["remarks"]:
        where = one["unit"]
        if one["paragraph"]:
            where = gettext("%(unit)s, paragraph %(number)s", unit=where, number=one["paragraph"])
        decision = gettext(words.VERDICTS[Verdict(one["verdict"])][1])
        if one["reason"]:
            decision = f"{decision}: {one['reason']}"
        kind = gettext(words.REMARK_KINDS[RemarkKind(one["kind"])])
        by = names.get(one["by"], "–") if one["by"] is not None else "–"
        rows.append([str(one["number"]), plain(where), plain(f"{one['text']} ({kind})"), plain(by), plain(decision)])
    heads = [gettext("No."), gettext("Where"), gettext("Remark"), gettext("By"), gettext("Decision")]
    yield _table(heads, rows)


def _signatures(data: dict[str, Any], people: Sequence[Participant]) -> str:
    rows = [[plain(name), gettext("facilitation"), " "] for name in data["facilitators"]]
    here = {one["number"] for one in data["attendance"] if one["presence"] != "absent"}
    rows += [
        [plain(one.name), gettext(words.ROLES[ParticipantRole(one.role)]), " "]
        for one in people
        if one.name and one.number in here
    ]
    rows += [[" ", " ", " "] for _ in range(EMPTY_ROWS if not rows else 0)]
    return _table([gettext("Name"), gettext("Role"), gettext("Signature")], rows)
