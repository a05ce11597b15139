"""Writing while files go out and come in. The worker's jobs stand here too, so that importing this registers them."""

from .exports import export, start_export

__all__ = ["export", "start_export"]
