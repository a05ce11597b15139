"""The text as it went out, read by the same reader as what comes back: like is compared with like.

Also who owns which section: a unit's printed title is its title block.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.core.variables import fill
from app.interchange.formats.arrangement import FACILITATOR_ONLY
from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit
from app.interchange.formats.docx import write_docx
from app.interchange.formats.docx.opening import OpenedFile, open_word
from app.interchange.formats.docx.review.carrier import Ledger, Origin, bookmark_name
from app.interchange.formats.docx.review.story import Story
from app.interchange.formats.docx.review.story_reading import read_story
from app.interchange.formats.docx.review.versions import Seen, accept_all, version
from app.interchange.formats.markdown_tree import parse_markdown
from app.interchange.formats.nodes import Heading, plain

_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*<?([^)\s>]+)")
_ANY_PICTURE = base64.b64decode(  # where only the text is known, a dot stands for every picture
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
)
COVER, CREDITS = "cover", "credits"


@dataclass(slots=True)
class Outgoing:
    """What went out: the file, its story, and by owner in order what it shows."""

    manual: Manual
    opened: OpenedFile
    story: Story
    seen: dict[str, list[Seen]]
    regions: dict[str, str]  # bookmark -> owner
    written: dict[str, str]  # owner -> Markdown as its authors wrote it
    lowered_by: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # of pictures, by their description
    is_whole: bool = True  # False when only the blocks' texts are known, not title page and headers

    def forget_rules(self) -> None:
        """Expect no lines across the page any more: they are nothing but a style."""
        kept = {owner: [one for one in seen if not one.is_rule] for owner, seen in self.seen.items()}
        self.seen = {owner: seen for owner, seen in kept.items() if seen}


def go_out(manual: Manual) -> Outgoing:
    """Return what a file of this manual says."""
    named = manual if manual.slug else replace(manual, slug="-")
    opened = open_word(write_docx(named))
    story = read_story(opened)
    regions = {bookmark_name(key): key for key in (COVER, CREDITS)}
    written: dict[str, str] = {}
    lowered_by: dict[str, int] = {}
    sources: dict[str, str] = {}
    for module, unit in manual.units():
        regions.setdefault(bookmark_name(f"module:{module.uid}"), f"module:{module.uid}")
        title = _title_block(unit, manual.audience)
        regions[bookmark_name(f"unit:{unit.uid}")] = f"block:{title}" if title else f"unit:{unit.uid}"
        for block in unit.blocks:
            owner = f"block:{block.uid}"
            regions[bookmark_name(owner)] = owner
            written[owner] = block.source or block.text
            lowered_by[owner] = 1 if module.title else 0
            for words, source in _IMAGE.findall(block.text):
                sources.setdefault(re.sub(r"\\(.)", r"\1", words), source)
    seen: dict[str, list[Seen]] = {}
    for one in version(story.items, range(len(story.items)), accept_all):
        owner = regions.get(story.items[one.items[0]].region, "")
        if owner:
            seen.setdefault(owner, []).append(one)
    return Outgoing(named, opened, story, seen, regions, written, lowered_by, sources)


def _title_block(unit: ManualUnit, audience: Audience) -> str:
    """The uid of the block whose level-1 heading is printed as the unit's title, as `arrangement.py` has it."""
    for block in unit.blocks:
        if audience is Audience.PARTICIPANT and block.kind in FACILITATOR_ONLY:
            continue
        text = block.text.lstrip()
        if not text.startswith("#") and "\n=" not in text:
            continue
        nodes = parse_markdown(block.text)
        if nodes and isinstance(nodes[0], Heading) and nodes[0].level == 1:
            same = not unit.title or plain(nodes[0].runs) == unit.title.strip()
            return block.uid if same else ""
    return ""


def as_printed(out: Outgoing, texts: Mapping[str, str]) -> dict[str, list[Seen]]:
    """Return what the owners of these texts (with variables) would show if they were written so."""
    manual = out.manual
    modules = []
    for module in manual.modules:
        units = []
        for unit in module.units:
            blocks = tuple(
                block._replace(text=fill(texts[f"block:{block.uid}"], manual.values))
                for block in unit.blocks
                if f"block:{block.uid}" in texts
            )
            if blocks:
                units.append(replace(unit, title="", blocks=blocks))
        if units:
            modules.append(replace(module, units=tuple(units)))
    return go_out(replace(manual, modules=tuple(modules))).seen


def from_texts(texts: Mapping[str, str], origin: Origin, ledger: Ledger) -> Manual:
    """Return a manual of texts by uid, in the order and with the values that the file's own ledger has."""
    left = dict(texts)

    def blocks(known: Iterable[ManualBlock]) -> tuple[ManualBlock, ...]:
        made = []
        for block in known:
            if block.uid in left:
                text = left.pop(block.uid)
                made.append(ManualBlock(block.uid, block.kind, fill(text, ledger.values), text))
        return tuple(made)

    modules = [
        replace(module, units=tuple(replace(unit, blocks=blocks(unit.blocks)) for unit in module.units))
        for module in ledger.outline
    ]
    if left and not ledger.outline:
        rest = tuple(ManualBlock(uid, "", fill(text, ledger.values), text) for uid, text in left.items())
        modules.append(ManualModule("", "", (ManualUnit("", "", 0, rest),)))
    audience = Audience.PARTICIPANT if origin.audience == Audience.PARTICIPANT.value else Audience.FACILITATOR
    return Manual(
        title="", language=origin.language or "en", modules=tuple(modules), version=origin.version,
        region=origin.region, audience=audience, slug=origin.slug or "-", revision=origin.revision,
        values=ledger.values, images=dict.fromkeys(ledger.pictures, _ANY_PICTURE),
    )  # fmt: skip
