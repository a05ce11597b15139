"""Reading what files are made of and what came in with them: one file per direction."""

from .exports import export, exports, made_before, manual, reasons

__all__ = ["export", "exports", "made_before", "manual", "reasons"]
