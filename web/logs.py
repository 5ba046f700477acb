"""Structured logs that name events and never people.

No address, agent, query, form value or exception text is ever passed to the logger. The portal's
entries carry the day only, because a precise time beside a case could name who sent it.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

from web.clock import Clock, office_day
from web.settings import Audience

# The packages of this program, wherever it is installed.
OUR_ROOMS = tuple(
    f"{Path(__file__).parents[1] / room}/"
    for room in ("portal", "reviewer", "web", "cases", "crypto")
)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(audience: Audience, clock: Clock) -> None:
    """One JSON object a line on standard error, warnings and above from everyone else."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _stamp(audience, clock),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def record_failure(endpoint: str | None, failure: ExcInfo) -> None:
    """Log an unexpected exception: its class and the lines it passed, not its text.

    An exception's text can quote a form value or a statement's parameters.
    """
    kind, _, trace = failure
    frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    log = structlog.get_logger()
    log.error("request_failed", endpoint=endpoint, failure=kind.__name__, at=_telling(frames))


def _telling(frames: list[str]) -> list[str]:
    """The last places in our own rooms, and the one where it broke."""
    ours = [frame for frame in frames[:-1] if frame.startswith(OUR_ROOMS)]
    return [*ours[-4:], *frames[-1:]]


def _stamp(
    audience: Audience, clock: Clock
) -> Callable[[WrappedLogger, str, EventDict], EventDict]:
    def add(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        now = clock.now()
        if audience is Audience.PORTAL:
            event["day"] = office_day(now).isoformat()
        else:
            event["time"] = now.isoformat(timespec="seconds")
        event["application"] = audience.value
        return event

    return add
