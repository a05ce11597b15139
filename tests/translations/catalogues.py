"""The sentences that the source holds, and the catalogues that translate them."""

from __future__ import annotations

import functools
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "translations"
SOURCE_LANGUAGE = "en"
HOW_TO_UPDATE = "make catalogues"


@functools.cache
def source() -> Catalog:
    """Every sentence of the code and the templates, as `make catalogues` extracts them."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = Catalog()
    for path, line, message, comments, context in extract_from_dir(
        ROOT / "app",
        method_map=[(pattern.removeprefix("app/"), method) for pattern, method in method_map],
        options_map={pattern.removeprefix("app/"): options for pattern, options in options_map.items()},
        keywords={**DEFAULT_KEYWORDS, "N_": None},
        comment_tags=(),
    ):
        found.add(message, None, [(f"app/{path}", line)], auto_comments=comments, context=context)
    return found


@functools.cache
def catalogue(language: str) -> Catalog:
    """The catalogue of this language."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)
