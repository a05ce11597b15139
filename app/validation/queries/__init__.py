"""Reading workshops, answers and remarks, always for an actor; personal data for those who run them alone."""

from .remarks import open_remarks
from .results import workshop_results
from .states import UnitValidation, validation_state

__all__ = ["UnitValidation", "open_remarks", "validation_state", "workshop_results"]
