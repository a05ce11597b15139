"""Checks of a translation against its original: advice for translators and reviewers, never a verdict.

Each check is one small function in one registry. They look at two Markdown texts and know nothing of editions,
people or databases; what inclusive language looks for has a folder of its own and comes in as a hook.
"""

from .glossary import Glossary as Glossary
from .inclusive import inclusive_check as inclusive_check
from .registry import CHECKS as CHECKS
from .registry import run as run
from .sides import Side as Side
from .terms import Status as Status
from .terms import Term as Term
from .things import Advice as Advice
from .things import Check as Check
from .things import Context as Context
from .things import Found as Found
