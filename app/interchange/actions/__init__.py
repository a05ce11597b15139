"""Writing while files go out and come in. The worker's jobs stand here too, so that importing this registers them."""

from .drafts import correct, make_draft, start_draft
from .exports import export, start_export
from .keeping import discard_import
from .reviews import bring, place_lost, start_bringing, start_review

__all__ = [
    "bring",
    "correct",
    "discard_import",
    "export",
    "make_draft",
    "place_lost",
    "start_bringing",
    "start_draft",
    "start_export",
    "start_review",
]
