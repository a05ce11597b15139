"""What the minutes of a workshop are made of. Persons stand in it by their numbers, so that they can be erased."""

from __future__ import annotations

from typing import Any

from app.curriculum.queries import reading
from app.validation.models import Workshop
from app.validation.rules import agenda

from . import answers, remarks, workshops


def collect(workshop: Workshop) -> dict[str, Any]:
    """Everything the minutes tell besides results and names, as JSON."""
    items = workshops.agenda(workshop)
    begins = agenda.begins(items, workshop.starts_minute)
    titles = workshops.titles(workshop)
    numbers = {one.id: one.number for one in workshops.participants(workshop)}
    content = workshops.tried(workshop)
    paragraphs = {
        block.uid: number
        for uid in workshops.unit_uids(items)
        if (found := reading.unit_of(content, uid)) is not None
        for number, block in remarks.numbered(found[1])
    }
    return {
        "version": workshop.version,
        "revision": workshop.revision.number,
        "title": workshop.title,
        "kind": workshop.kind.value,
        "purpose": workshop.purpose,
        "place": workshop.place,
        "host": workshop.host,
        "facilitators": list(workshop.facilitators),
        "starts_on": workshop.starts_on.isoformat(),
        "days": workshop.days,
        "notes": dict(workshop.notes),
        "sheets": sum(answers.counts(workshop).values()),
        "agenda": [
            {
                "day": item.day,
                "begins": begin,
                "minutes": item.minutes,
                "kind": item.kind.value,
                "title": titles.get(item.unit_uid, item.title) if item.unit_uid else item.title,
            }
            for item, begin in zip(items, begins, strict=True)
        ],
        "attendance": [
            {"number": numbers[participant_id], "day": day, "presence": row.presence.value}
            for (participant_id, day), row in sorted(workshops.attendance(workshop).items())
        ],
        "remarks": [
            {
                "number": one.remark.number,
                "unit": titles.get(one.remark.unit_uid, one.remark.unit_uid),
                "paragraph": paragraphs.get(one.remark.block_uid or ""),
                "text": one.remark.text,
                "kind": one.remark.kind.value,
                "by": one.participant.number if one.participant else None,
                "verdict": one.remark.verdict.value,
                "reason": one.remark.reason,
            }
            for one in remarks.listed(workshop, remarks.Filter())
        ],
    }
