"""Writing while an edition is adapted: forks, edits, variables, links, and taking in a parent's changes."""

from .compose import add_module, remove_module
from .drafts import keep_draft, throw_draft_away
from .edit import edit_block, edit_unit, insert_block, move_block, remove_block, restore
from .fork import fork
from .links import confirm, follow_again, set_frozen, set_lock
from .minutes import set_minutes
from .settings import set_settings
from .sync import accept_safe, apply_sync, decide, undo_sync
from .units import add_unit, put_unit
from .variables import set_variables

__all__ = [
    "accept_safe",
    "add_module",
    "add_unit",
    "apply_sync",
    "confirm",
    "decide",
    "edit_block",
    "edit_unit",
    "follow_again",
    "fork",
    "insert_block",
    "keep_draft",
    "move_block",
    "put_unit",
    "remove_block",
    "remove_module",
    "restore",
    "set_frozen",
    "set_lock",
    "set_minutes",
    "set_settings",
    "set_variables",
    "throw_draft_away",
    "undo_sync",
]
