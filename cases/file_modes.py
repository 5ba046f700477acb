"""For whom a file of the office is: for its owner, and for a group where its folder says so.

Portal and console run as users of their own and share the database, the files and the roster. A
folder with the set-group-ID bit was made for that (deploy/tmpfiles.d); in any other folder a file
is its owner's alone, whatever else the folder allows.
"""

import os
import stat
from pathlib import Path

PRIVATE = 0o600
_GROUP = 0o060


def file_mode(folder: Path) -> int:
    """The mode of a new file in this folder. Raises OSError when the folder is not there."""
    mode = os.stat(folder).st_mode
    return PRIVATE | (mode & _GROUP) if mode & stat.S_ISGID else PRIVATE
