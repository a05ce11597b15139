"""A unit on disk (docs/unit-files.md): read with errors that name the line, written back, and compared in a pair.

Where blocks begin and end is splitting.py's work. Reading the file from a disk is the caller's.
"""

from .reading import MOST_BLOCKS as MOST_BLOCKS
from .reading import MOST_BYTES as MOST_BYTES
from .reading import decode as decode
from .reading import parse as parse
from .reading import parse_blocks as parse_blocks
from .rules import check_pair as check_pair
from .rules import check_plan as check_plan
from .rules import plan_minutes as plan_minutes
from .rules import unit_title as unit_title
from .things import FileBlock as FileBlock
from .things import UnitFile as UnitFile
from .writing import dump as dump
from .writing import dump_blocks as dump_blocks
