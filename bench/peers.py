"""What other products did on a machine of this size, as those measured it who compared them.

Hush Line 2025 with PostgreSQL and eight clients; GlobaLeaks with one and eight, where the key of a
mailbox is derived in the browser and up to every second submission failed.
"""

from bench.figures import Beside, Kind

COMPARED = 8  # clients at once
SHARE = 95  # the percentile that is known of them
TIMES_HUSH_LINE, TIMES_GLOBALEAKS = 3, 30
_HUSH_LINE = {1: (44.8, 179.0), 2: (110.0, 77.0)}
_GLOBALEAKS = {1: (21.0, 57.0), COMPARED: (6.0, 855.0)}
_SIGN_INS, _SIGN_IN_MILLISECONDS = (56.0, 97.0), 484.0


def submissions(workers: int, clients: int) -> tuple[Beside, ...]:
    """Submissions per second of others, and how many times as many we aim at."""
    if clients == 1:
        return (_elsewhere("GlobaLeaks, at best", _GLOBALEAKS[1][0]),)
    if clients != COMPARED:
        return ()
    hush_line, globaleaks = _HUSH_LINE[workers][0], _GLOBALEAKS[COMPARED][0]
    return (
        _elsewhere(f"Hush Line, {workers} of its workers", hush_line),
        _elsewhere("GlobaLeaks, good ones", globaleaks),
        Beside(Kind.FLOOR, "three times Hush Line", TIMES_HUSH_LINE * hush_line),
        Beside(Kind.FLOOR, "thirty times GlobaLeaks", TIMES_GLOBALEAKS * globaleaks),
    )


def sign_ins(clients: int) -> tuple[Beside, ...]:
    """Sign-ins to a mailbox per second of another; its server derives no key."""
    if clients != COMPARED:
        return ()
    return tuple(
        _elsewhere(f"GlobaLeaks, {name}", rate)
        for name, rate in zip(("slowest", "fastest"), _SIGN_INS, strict=True)
    )


def slowest(what: str, workers: int, clients: int) -> tuple[Beside, ...]:
    """The 95th percentile of others, in milliseconds."""
    if what == "mailbox":
        return (_elsewhere("GlobaLeaks", _SIGN_IN_MILLISECONDS),) if clients == COMPARED else ()
    found = []
    if clients == COMPARED:
        found.append(_elsewhere("Hush Line", _HUSH_LINE[workers][1]))
    if clients in _GLOBALEAKS:
        found.append(_elsewhere("GlobaLeaks", _GLOBALEAKS[clients][1]))
    return tuple(found)


def _elsewhere(name: str, value: float) -> Beside:
    return Beside(Kind.ELSEWHERE, name, value)
