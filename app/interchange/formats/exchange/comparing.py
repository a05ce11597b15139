"""Whether a file that came back fits the edition it is for: which edition, which languages, which source, variables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core import variables

from . import faults
from .things import Bundle, Header, Incoming, IncomingSegment, Problems, Segment, State


def against(incoming: Incoming, bundle: Bundle) -> Incoming:
    """Return what of a file can be used in the edition whose bundle it is now, with all its problems by line.

    Nothing of it can when it was made from another edition or for other languages. A text that is not in the edition
    is left out; one whose source has moved on comes as stale, with the source it was made from; one that lacks
    variables comes as a draft.
    """
    problems = Problems()
    problems.found += incoming.problems
    segments: list[IncomingSegment] = []
    with problems.until_enough():
        if _is_for(incoming.header, bundle.header, problems):
            known = {segment.uid: segment for segment in bundle.segments}
            for segment in _placed(incoming.segments, bundle):
                if segment.uid in known:
                    segments.append(_fitted(segment, known[segment.uid], problems))
                elif segment.uid:
                    problems.add(segment.line, faults.UnknownUid(uid=segment.uid[:100]))
                else:
                    problems.add(segment.line, faults.NoUid())
    return Incoming(incoming.header, tuple(segments), problems.sorted())


def _placed(incoming: Sequence[IncomingSegment], bundle: Bundle) -> Iterator[IncomingSegment]:
    """Yield the texts with the paragraphs they belong to, by their source where a tool has dropped or renumbered them.

    Several paragraphs of one source get its texts in their order, or its one text when they all read the same now.
    """
    known = {segment.uid for segment in bundle.segments}
    renumbered = not any(segment.uid in known for segment in incoming)
    ours, theirs = defaultdict(list), defaultdict(list)
    for here in bundle.segments:
        ours[here.source].append(here)
    for segment in incoming:
        theirs[segment.source].append(segment)
    for segment in incoming:
        if segment.uid in known or (segment.uid and not renumbered):
            yield segment
            continue
        places, texts = ours[segment.source], theirs[segment.source]
        if len(places) == len(texts):
            yield replace(segment, uid=places[texts.index(segment)].uid)
        elif len(texts) == 1 and len({place.target for place in places}) == 1:
            yield from (replace(segment, uid=place.uid) for place in places)
        else:
            yield segment


def _is_for(there: Header, here: Header, problems: Problems) -> bool:
    if there.slug and (there.slug, there.region) != (here.slug, here.region):
        names = {"there": f"{there.slug} {there.region}", "here": f"{here.slug} {here.region}"}
        problems.add(1, faults.OtherEdition(**names))
        return False
    for said, meant in (
        (there.source_language, here.source_language),
        (there.target_language, here.target_language),
    ):
        if said and said.lower() != meant.lower():
            fault = faults.OtherLanguages(
                there_source=there.source_language,
                there_target=there.target_language,
                source=here.source_language,
                target=here.target_language,
            )
            problems.add(1, fault)
            return False
    return True


def _fitted(segment: IncomingSegment, ours: Segment, problems: Problems) -> IncomingSegment:
    if not segment.target:
        return segment
    if not ours.target and segment.target == ours.source and segment.state is State.DRAFT:
        return replace(segment, target="", state=State.MISSING)  # what we put into XLIFF where nobody has translated
    if segment.source != ours.source:
        problems.add(segment.line, faults.SourceMoved(uid=segment.uid))
        return replace(segment, state=State.STALE, previous_source=segment.source)
    lacking = [name for name in variables.names(ours.source) if name not in variables.names(segment.target)]
    if lacking and segment.state is not State.NOT_APPLICABLE:
        problems.add(segment.line, faults.LacksVariables(uid=segment.uid, variables=", ".join(lacking)))
        return segment if segment.state is State.STALE else replace(segment, state=State.DRAFT)
    return segment
