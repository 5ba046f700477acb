"""What every serving process does first: no core dump may carry plaintext to a disk."""

import ctypes
import resource

PR_SET_DUMPABLE = 4


def forbid_core_dumps() -> None:
    """RLIMIT_CORE 0, and not dumpable: a piped core_pattern ignores the limit (prctl(2)).

    Must run in each worker after exec, which resets the flag. Raises OSError.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_DUMPABLE)")
