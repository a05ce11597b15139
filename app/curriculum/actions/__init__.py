"""Writing curricula: states, originals read from files, releases."""

from .commit import ActSpec, commit, put_texts
from .load import Loaded, check_original, create_original, load
from .release import release

__all__ = ["ActSpec", "Loaded", "check_original", "commit", "create_original", "load", "put_texts", "release"]
