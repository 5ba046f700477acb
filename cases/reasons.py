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


class RowProblem(StrEnum):
    """Why a row of reference data cannot be used."""

    MISSING = "missing"
    LANGUAGE_MISSING = "in_some_languages_only"
    UNKNOWN_COLUMN = "not_a_column_of_this_list"
    NOT_A_CODE = "not_a_code_of_small_letters_digits_dots_and_dashes"
    NOT_A_CHOICE = "not_one_of_the_choices"
    NOT_A_DAY = "not_a_day_like_2026-01-31"
    NOT_A_NUMBER = "not_a_whole_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    TOO_LONG = "too_long"
    DAYS_OUT_OF_ORDER = "ends_before_it_starts"
    DAYS_OVERLAP = "days_overlap_with_another_row"
    UNKNOWN_AUTHORITY = "no_such_authority"
    KEPT_BY_THE_FORMS = "kept_by_the_forms"
    OMBUDS_THOUGH_COMPETENT = "own_ombuds_though_the_office_is_competent"
    PATTERN_UNUSABLE = "not_a_pattern_with_year_and_number"
    STILL_USED = "still_used_by_another_row"
    KEY_CHANGED = "key_cannot_change"
    KEY_TAKEN = "there_is_a_row_with_this_key"
    MUST_STAY = "the_program_needs_this_row"
