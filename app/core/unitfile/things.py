"""What a unit file holds, as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.content import Kind, Lock, Uid


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A block as its file has it: `text` without lock and uid, `line` counted from 1 (0 when it has no file)."""

    uid: Uid | None
    kind: Kind
    lock: Lock
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit in one language."""

    uid: Uid
    minutes: int
    blocks: tuple[FileBlock, ...]
