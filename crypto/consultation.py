"""The passphrase of one consultation: ten words with which a public service reads and answers it.

The words are those of the receipt codes and as strong, but nothing else is shared: another salt
and other labels, and the consultation's id in both. So a passphrase opens one consultation and no
mailbox, and a receipt code opens no consultation, even should both be the same ten words.

The id stands in the address that the service was sent and is no secret; the words are handed over
another way. They are stored nowhere.
"""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from crypto.derivation import expand
from crypto.errors import Malformed
from crypto.kdf import RECEIPT_COST, SALT_SIZE, KdfCost, argon2id
from crypto.keys import ConsultationPrivateKey, ConsultationPublicKey, Seed
from crypto.labels import Context, Purpose
from crypto.receipt import ReceiptCode

CONSULTATION_ID_SIZE = 16


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ConsultationKeys:
    """Everything that follows from the passphrase of one consultation.

    Attributes:
        token: 32 bytes that prove the passphrase.
        seed: of the consultation key.
    """

    token: bytes
    seed: Seed

    @property
    def token_hash(self) -> bytes:
        """32 bytes the office may keep, to check who comes with the link (SHA-256)."""
        return sha256(self.token).digest()

    @property
    def private(self) -> ConsultationPrivateKey:
        """The key that opens what was released to the service."""
        return ConsultationPrivateKey(self.seed)

    @property
    def public(self) -> ConsultationPublicKey:
        """What the office and the service seal to, beside the case key."""
        return self.private.public

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ConsultationKeys):
            return NotImplemented
        return hmac.compare_digest(self.token + self.seed.raw, other.token + other.seed.raw)

    __hash__ = None  # type: ignore[assignment]  # as for its seed

    def __repr__(self) -> str:
        return "ConsultationKeys(hidden)"


def derive_consultation(
    code: ReceiptCode, consultation_id: bytes, cost: KdfCost = RECEIPT_COST
) -> ConsultationKeys:
    """What follows from a passphrase. Slow on purpose: the caller bounds how many run at once.

    Args:
        code: drawn, or typed and read by `crypto.receipt.read_code`.
        consultation_id: 16 bytes, from the address.
        cost: changes the result; all consultations of an office use one cost.

    Raises:
        Malformed: an id of another length; it came with the address.
    """
    if len(consultation_id) != CONSULTATION_ID_SIZE:
        raise Malformed("not a consultation id")
    master = argon2id(code.folded, _salt(consultation_id), cost)
    return ConsultationKeys(
        expand(master, Context(Purpose.CONSULTATION_TOKEN, (consultation_id,))),
        Seed(expand(master, Context(Purpose.CONSULTATION_SEED, (consultation_id,)))),
    )


def _salt(consultation_id: bytes) -> bytes:
    # Unlike a mailbox, a consultation is found before the words are known, so it has its own salt.
    context = Context(Purpose.CONSULTATION_SALT, (consultation_id,))
    return sha256(context.encode()).digest()[:SALT_SIZE]
