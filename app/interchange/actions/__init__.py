"""Writing while files go out and come in. The worker's jobs stand here too, so that importing this registers them."""

from .drafts import confirm_minutes, correct, make_draft, make_draft_of, start_draft
from .exports import export, start_export
from .keeping import discard_import
from .reviews import bring, bring_reviewed, place_lost, rehearse, start_bringing, start_review

__all__ = [
    "bring",
    "bring_reviewed",
    "confirm_minutes",
    "correct",
    "discard_import",
    "export",
    "make_draft",
    "make_draft_of",
    "place_lost",
    "rehearse",
    "start_bringing",
    "start_draft",
    "start_export",
    "start_review",
]
