"""How long a name must wait after failed sign-ins."""

from datetime import timedelta

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=5)
_FIRST_WAIT = timedelta(seconds=5)


def wait_after(failures: int) -> timedelta:
    """Nothing for the first five failures but the last, then doubling from 5 s to 5 minutes."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES, 10)
    return min(_FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
