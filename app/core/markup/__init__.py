"""Where things stand in Markdown, line by line: fences, typed blocks, and the top-level elements between them.

One reading for splitter, renderer and unit files, so that they cannot disagree. It follows what the renderer's
parser does at the top level (which element swallows which line, and which neighbour joins which); what stands inside
a line is no matter of this module. Lines are canonical (core/content.py), without their line ends.
"""

from .elements import DEFINITION as DEFINITION
from .fences import TAB as TAB
from .heads import closing_slashes as closing_slashes
from .heads import read_head as read_head
from .scanning import scan as scan
from .things import Fence as Fence
from .things import Head as Head
from .things import Scan as Scan
from .things import Span as Span
from .things import Typed as Typed
