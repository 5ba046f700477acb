"""Free text that people type: what counts as empty and what as too long."""

from cases.domain.facts import LONG_TEXT
from cases.errors import MessageRequired, NoticeRequired, ReasonRequired, TextTooLong


def read_message(text: str, required: bool = True) -> str:
    """The message without outer blanks; MessageRequired when it is needed and empty."""
    text = _within(text, LONG_TEXT)
    if required and not text:
        raise MessageRequired
    return text


def read_reason(text: str, required: bool) -> str:
    """The internal reason without outer blanks; ReasonRequired when it is needed and empty."""
    text = _within(text, LONG_TEXT)
    if required and not text:
        raise ReasonRequired
    return text


def read_notice(text: str, required: bool) -> str:
    """What the public service reads, without outer blanks; NoticeRequired when needed and empty."""
    text = _within(text, LONG_TEXT)
    if required and not text:
        raise NoticeRequired
    return text


def _within(text: str, limit: int) -> str:
    # A browser sends line ends as CR LF and counts them once towards maxlength.
    text = text.replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise TextTooLong(limit)
    return text
