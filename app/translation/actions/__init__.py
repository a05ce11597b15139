"""Writing how translations stand: texts, states, directions, the memory, the glossary, policies of wording."""

from .glossary import add_term, change_term, import_terms, remove_term
from .languages import add_language, set_source
from .pairs import rebuild
from .policy import add_exception, judge, set_policy
from .remembering import Brought, remember
from .saving import remove_translation, save_translation
from .states import Marked, overrule, set_state

__all__ = [
    "Brought",
    "Marked",
    "add_exception",
    "add_language",
    "add_term",
    "change_term",
    "import_terms",
    "judge",
    "overrule",
    "rebuild",
    "remember",
    "remove_term",
    "remove_translation",
    "save_translation",
    "set_policy",
    "set_source",
    "set_state",
]
