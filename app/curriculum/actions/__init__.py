"""Writing curricula: states, originals read from files, releases."""

from .commit import ActSpec, commit, put_texts
from .load import Loaded, load
from .release import release

__all__ = ["ActSpec", "Loaded", "commit", "load", "put_texts", "release"]
