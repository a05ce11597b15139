"""Writing while files go out and come in. The worker's jobs stand here too, so that importing this registers them."""

from .exports import export, start_export
from .keeping import discard_import
from .reviews import bring, place_lost, start_bringing, start_review

__all__ = ["bring", "discard_import", "export", "place_lost", "start_bringing", "start_export", "start_review"]
