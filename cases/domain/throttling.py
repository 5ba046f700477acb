"""How long a name must wait after failed sign-ins."""

from datetime import timedelta

LONGEST_WAIT = timedelta(minutes=5)
_FIRST_SLOW_FAILURE = 5
_FIRST_WAIT = timedelta(seconds=5)


def wait_after(failures: int) -> timedelta:
    """Nothing for four failures; from the fifth on 5 s, doubling up to 5 minutes."""
    if failures < _FIRST_SLOW_FAILURE:
        return timedelta(0)
    doublings = min(failures - _FIRST_SLOW_FAILURE, 10)
    return min(_FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
