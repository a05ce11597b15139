"""Typst, shut off from this machine: it sees the files it is handed, its own fonts, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any, Literal


class TypesettingFailed(Exception):
    """Typst could not make the document; for those who call it here, who then try something plainer."""


def typeset(
    files: Mapping[str, bytes],
    form: Literal["pdf", "png"],
    *,
    ppi: float | None = None,
    standards: tuple[str, ...] = (),
    timestamp: int | None = None,
) -> bytes:
    """Return what `main.typ` among the files gives, with an empty folder as the only place it could read from."""
    import typst  # late: costs start-up time and most commands never need it

    compile_typst: Any = typst.compile  # its published types leave a dictionary of files out
    try:
        with tempfile.TemporaryDirectory() as empty:
            made = compile_typst(
                dict(files),
                format=form,
                ppi=ppi,
                root=empty,
                package_path=empty,
                package_cache_path=empty,
                ignore_system_fonts=True,
                pdf_standards=list(standards),
                timestamp=timestamp,
            )
    except (typst.TypstError, ValueError) as error:
        raise TypesettingFailed(str(error)) from error
    return bytes(made)
