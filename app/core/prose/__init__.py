"""Three-way merge of Markdown prose by line, sentence and word; pure.

`merge_text` is the door. Merging the tree of blocks is in `app.core.merge`, files and exit codes in `app.core_cli`.
"""

from app.core.prose.guards import Why
from app.core.prose.merging import TextMerge, merge_text
from app.core.prose.places import Place

__all__ = ["Place", "TextMerge", "Why", "merge_text"]
