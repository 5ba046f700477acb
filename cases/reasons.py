"""Why something is denied: codes only, the words for a person live with the pages."""

from enum import StrEnum


class Reason(StrEnum):
    """One code per rule that can say no."""

    NO_PERMISSION = "no_permission"
    NOT_IN_THIS_STATE = "not_in_this_state"
    MAILBOX_DELETED = "mailbox_deleted"
    ALREADY_YOURS = "already_yours"
    NOT_IN_THE_POOL = "not_in_the_pool"
    ALREADY_IN_THE_POOL = "already_in_the_pool"
    ALREADY_SHARED = "already_shared"


class PassphraseFlaw(StrEnum):
    """Why a passphrase is refused."""

    TOO_SHORT = "too_short"
    COMMON_WORDS = "common_words"
    PERSONAL = "personal"
    KEYBOARD_PATTERN = "keyboard_pattern"
    REPEATS = "repeats"
    SEQUENCE = "sequence"
    DATE = "date"
    GUESSABLE = "guessable"
