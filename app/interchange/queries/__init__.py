"""Reading what files are made of and what came in with them: one file per direction."""

from .credits import mark_of_names
from .departures import PARENT, parents_manual, told
from .exports import export, exports, made_before, manual, reasons

__all__ = ["PARENT", "export", "exports", "made_before", "manual", "mark_of_names", "parents_manual", "reasons", "told"]
