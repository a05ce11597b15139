"""The offline package: an edition as a folder of Markdown files in a ZIP, which says from which state it was made.

Out: `pack`. Back, from whatever editor and whatever program zipped it again: `unpack`, then `read`, which names file
and line of all that is wrong and gives the rest as a content tree. Merging it is not done here.
"""

from .faults import Problem as Problem
from .laying import Manuscript as Manuscript
from .laying import pack as pack
from .opening import FORMAT as FORMAT
from .opening import Manifest as Manifest
from .opening import Opened as Opened
from .opening import unpack as unpack
from .reading import Returned as Returned
from .reading import read as read
