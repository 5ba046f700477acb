"""What can identify a person, from the most certain to the least."""

from enum import StrEnum


class IdentifyingKind(StrEnum):
    """Why a passage is pointed out. Of two that overlap, the one that stands first here wins."""

    MARKED = "marked"
    NATIONAL_NUMBER = "national_number"
    ACCOUNT = "account"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    COPIED = "copied"
    MOMENT = "moment"
    NUMBER = "number"
    NAME = "name"
    FIRST_PERSON = "first_person"
