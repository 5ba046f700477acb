"""The one table of every purpose a key is used for, and the context a ciphertext is bound to."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a derived key or a ciphertext is for. A value never changes once it was used."""

    # Derivations from a seed, a token or an id
    KEY_X25519 = "zegel/v1/key/x25519"
    KEY_MLKEM768 = "zegel/v1/key/mlkem768"
    ROSTER_SIGNING_KEY = "zegel/v1/key/roster-signing"
    RECEIPT_DRAW = "zegel/v1/receipt/draw"
    RECEIPT_LOCATOR = "zegel/v1/receipt/locator"
    RECEIPT_TOKEN = "zegel/v1/receipt/token"  # noqa: S105 - a label
    RECEIPT_SEED = "zegel/v1/receipt/seed"
    CONSULTATION_SALT = "zegel/v1/consultation/salt"
    CONSULTATION_TOKEN = "zegel/v1/consultation/token"  # noqa: S105 - a label
    CONSULTATION_SEED = "zegel/v1/consultation/seed"
    SESSION_KEY = "zegel/v1/session/key"
    SESSION_CSRF = "zegel/v1/session/csrf"
    SESSION_BINDING = "zegel/v1/session/binding"

    # Seeds sealed to somebody
    CASE_GRANT_INTAKE = "zegel/v1/case-grant/intake"
    CASE_GRANT_PERSON = "zegel/v1/case-grant/person"
    CASE_GRANT_RECOVERY = "zegel/v1/case-grant/recovery"
    INTAKE_GRANT = "zegel/v1/intake-grant/person"
    WRAPPED_SEED = "zegel/v1/passphrase/seed"

    # Envelopes
    ENVELOPE_KEY = "zegel/v1/envelope/key"
    SHEET = "zegel/v1/envelope/sheet"
    MESSAGE = "zegel/v1/envelope/message"
    NOTE = "zegel/v1/envelope/note"
    TRANSITION = "zegel/v1/envelope/transition"
    MAILBOX_RECORD = "zegel/v1/envelope/mailbox-record"
    CONSULTATION_RECORD = "zegel/v1/envelope/consultation-record"
    CONSULTATION_MESSAGE = "zegel/v1/envelope/consultation-message"

    # The words of a case, for searching
    SEARCH_WORDS = "zegel/v1/search/words"

    # Files
    EVIDENCE = "zegel/v1/stream/evidence"
    HELD_FILES = "zegel/v1/page/held-files"

    # A reporter's name, given in confidence
    IDENTITY = "zegel/v1/identity"
    IDENTITY_SHARE = "zegel/v1/identity/share"
    IDENTITY_HANDOVER = "zegel/v1/identity/handover"
    IDENTITY_REQUEST = "zegel/v1/envelope/identity-request"
    IDENTITY_ANSWER = "zegel/v1/envelope/identity-answer"

    # Small secrets of one session or one person
    SESSION = "zegel/v1/session"
    TOTP = "zegel/v1/personal/totp"
    TOTP_OFFER = "zegel/v1/personal/totp-offer"
    PASSKEY = "zegel/v1/personal/passkey"
    RECOVERY_CODE = "zegel/v1/personal/recovery-code"
    PASSKEY_CHALLENGE = "zegel/v1/page/passkey-challenge"

    # What people of the office sign
    ROSTER = "zegel/v1/roster"
    TRAIL_HEAD = "zegel/v1/trail/head"
    CASE_KEY = "zegel/v1/case-key"
    SIGNED_IDENTITY_REQUEST = "zegel/v1/identity/request"
    SIGNED_IDENTITY_ANSWER = "zegel/v1/identity/answer"
    FACTOR_RESET = "zegel/v1/factor-reset"


@dataclass(frozen=True, slots=True)
class Context:
    """What a ciphertext belongs to: a purpose and the ids (case, message, person) it is bound to.

    Opening needs an equal context, so a ciphertext copied to another row or another use stays
    shut.
    """

    purpose: Purpose
    parts: tuple[bytes, ...] = ()

    def encode(self) -> bytes:
        """Bytes that no other context has: every part carries its length."""
        purpose = self.purpose.value.encode("ascii")
        encoded = len(purpose).to_bytes(2, "big") + purpose + len(self.parts).to_bytes(2, "big")
        return encoded + b"".join(len(part).to_bytes(4, "big") + part for part in self.parts)
