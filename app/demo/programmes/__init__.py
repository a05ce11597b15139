"""The programmes of the demonstration, one TOML file each, and what lays them through the product's own actions.

Organisations are real and public unless their name ends in (demo); people, and figures without a source, are invented.
"""

from .files import lay
from .laying import Laid

__all__ = ["Laid", "lay"]
