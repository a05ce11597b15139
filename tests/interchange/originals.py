"""The originals in curricula/ as manuals, read from their files: the real texts that law after law is asked about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from app.core.curriculumfile import parse_curriculum
from app.core.unitfile.reading import parse
from app.core.unitfile.rules import unit_title
from app.core.unitfile.things import UnitFile
from app.core.variables import fill
from app.interchange.formats.document import Audience, Manual, ManualBlock, ManualModule, ManualUnit

CURRICULA = Path(__file__).parents[2] / "curricula"
SLUGS = sorted(path.parent.name for path in CURRICULA.glob("*/curriculum.toml"))
LANGUAGES = ("en", "es")
_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


@cache
def original(slug: str, language: str, audience: Audience) -> Manual:
    """An original as it is exported: its variables filled in, its sources kept beside."""
    folder = CURRICULA / slug
    about = parse_curriculum((folder / "curriculum.toml").read_bytes())
    values = {
        name: _MARKS.sub(r"\\\1", str(words))
        for name, variable in about.variables.items()
        if (words := variable.value(language))
    }
    modules = []
    for entry in about.modules:
        files = sorted((folder / language / entry.folder).glob("*.md"))
        units = [parse(path.read_bytes(), path.name) for path in files]
        made = tuple(_unit(unit, values) for unit in units)
        modules.append(ManualModule(entry.uid, entry.titles[language], made))
    images = {path.name: path.read_bytes() for path in (folder / "media").iterdir() if path.suffix in (".png", ".svg")}
    return Manual(
        title=about.titles[language],
        language=language,
        modules=tuple(modules),
        edition="",
        version=about.version,
        region=about.region,
        audience=audience,
        credits=about.credits,
        licence=about.licence,
        images=images,
        slug=slug,
        revision="1",
        values=values,
    )


def _unit(unit: UnitFile, values: dict[str, str]) -> ManualUnit:
    blocks = tuple(
        ManualBlock(block.uid or f"{unit.uid}-b{n}", block.kind.value, fill(block.text, values), block.text)
        for n, block in enumerate(unit.blocks)
    )
    return ManualUnit(unit.uid, fill(unit_title(unit.blocks), values), unit.minutes, blocks)
