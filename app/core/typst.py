"""Typst, shut off from this machine: it sees the files it is handed, its own fonts, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
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
    """Return what `main.typ` among the files gives. Their folder, gone afterwards, is all that it can read.

    The names of the files are ours and never anyone's words.
    """
    import typst  # late: costs start-up time and most commands never need it

    compile_typst: Any = typst.compile  # its published types know fewer arguments than it takes
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                Path(folder, name).write_bytes(data)
            made = compile_typst(
                Path(folder, "main.typ"),
                format=form,
                ppi=ppi,
                root=folder,
                package_path=folder,
                package_cache_path=folder,
                ignore_system_fonts=True,
                pdf_standards=list(standards),
                timestamp=timestamp,
            )
    except (RuntimeError, ValueError) as error:
        raise TypesettingFailed(str(error)) from error
    return bytes(made)
