"""What can go wrong in this package, on one screen. No message holds a secret."""

from enum import StrEnum


class CryptoError(Exception):
    """Every error this package raises about bytes it was given."""


class Malformed(CryptoError):
    """The bytes are not in the format they should be in: whoever stored or sent them erred.

    Raised from lengths, versions and encodings only: it tells nothing about a key.
    """


class OpeningFailed(CryptoError):
    """Something sealed did not open: wrong key, wrong context or altered bytes; never which."""

    def __init__(self) -> None:
        super().__init__("could not be opened")


class PasskeyRejected(CryptoError):
    """What a browser gave is no proof with a passkey of this place: altered, old or for another."""

    def __init__(self) -> None:
        super().__init__("not a proof with a passkey")


class UnknownWord(CryptoError):
    """A word of a typed receipt code is in no list: the person mistyped it.

    ``position`` counts from 1. ``word`` is what was typed, for the page of the person who typed
    it and nobody else: it is kept out of the message and the ``repr``, which end in logs.
    """

    def __init__(self, position: int, word: str) -> None:
        super().__init__(f"word {position} is in no list")
        self.position = position
        self.word = word

    def __repr__(self) -> str:
        return f"UnknownWord(position={self.position})"


class WrongWordCount(CryptoError):
    """A typed receipt code has too few or too many words: the person left something out."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} words")
        self.count = count


class RosterFault(StrEnum):
    """Why a chain of rosters is not believed."""

    EMPTY = "no roster was given"
    MALFORMED = "a file is not a roster"
    NOT_PINNED = "the first roster is not the pinned one"
    SERIAL_GAP = "a serial number is missing or repeated"
    WRONG_PREVIOUS = "a roster does not follow the one before it"
    NOT_ENOUGH_SIGNATURES = "too few signers of the previous roster signed"
    ISSUED_IN_FUTURE = "the roster is dated after today or before the one it follows"
    EXPIRED = "the roster has expired"
    ROLLED_BACK = "a newer roster was in force here before"
    FORKED = "another roster with this number was in force here before"


class RosterRejected(CryptoError):
    """The office's roster cannot be verified: nothing may be sealed to the keys in it."""

    def __init__(self, reason: RosterFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class SharesFault(StrEnum):
    """Why shares do not give a secret."""

    MALFORMED = "a share is mistyped or of another kind"
    NOT_ENOUGH = "too few different shares"
    MIXED = "the shares belong to different secrets"


class SharesRejected(CryptoError):
    """Shares of a split secret do not fit together: mistyped, too few, or of another secret."""

    def __init__(self, reason: SharesFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RecipientFault(StrEnum):
    """Why nothing is encrypted to a key that somebody gave."""

    MALFORMED = "this is no public key of age or SSH"
    UNSUPPORTED = "a kind of key that not every age opens"
    SECRET_KEY = "this is a secret key"  # noqa: S105 - a reason


class RecipientRejected(CryptoError):
    """A public key that was given cannot be used: whoever copied it has another text."""

    def __init__(self, reason: RecipientFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class IdentityFault(StrEnum):
    """Why a file of secret keys opens no age file."""

    MALFORMED = "this is no secret key of age or SSH"
    LOCKED = "the key is itself locked with a passphrase: unlock it first"
    PUBLIC_KEY = "this is a public key"


class IdentityRejected(CryptoError):
    """A file that should hold a secret key of age or SSH does not: whoever named it erred."""

    def __init__(self, reason: IdentityFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotForThisKey(CryptoError):
    """An age file was made for other keys than those given; its header says so openly."""

    def __init__(self) -> None:
        super().__init__("made for another key")
