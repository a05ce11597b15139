"""Files that translators exchange: PO and XLIFF 1.2 for an edition, TMX for a memory, TBX and CSV for a glossary.

Everything is written so that it reads back as it was, and read so that a wrong file is answered line by line: no
function here raises for what is in a file. Who may send one, and what becomes of it, is not decided here.
"""

from .comparing import against as against
from .glossary import from_csv as from_csv
from .glossary import to_csv as to_csv
from .po_reading import from_po as from_po
from .po_writing import to_po as to_po
from .tbx import from_tbx as from_tbx
from .tbx import to_tbx as to_tbx
from .things import Bundle as Bundle
from .things import Header as Header
from .things import Incoming as Incoming
from .things import IncomingSegment as IncomingSegment
from .things import Pair as Pair
from .things import Problem as Problem
from .things import Segment as Segment
from .things import State as State
from .tmx import count_pairs as count_pairs
from .tmx import from_tmx as from_tmx
from .tmx import to_tmx as to_tmx
from .xliff import from_xliff as from_xliff
from .xliff import to_xliff as to_xliff
