"""The process that prints: a sheet on standard input, its PDF on standard output.

A process of its own, because what turns pages into PDF takes half a second to load, and no other
command needs it.
"""

import sys

from reviewer.posters.printing import DoesNotFit, printed
from reviewer.posters.sheets import DOES_NOT_FIT, from_bytes

if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(printed(from_bytes(sys.stdin.buffer.read())))
    except DoesNotFit:
        sys.exit(DOES_NOT_FIT)
