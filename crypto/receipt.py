"""The receipt code: ten words that are all a reporter needs, and all that opens her mailbox.

The words are drawn from a list in her language and derived through Argon2id into a locator (finds
the mailbox), a token (proves the code; stored hashed) and the seed of the mailbox key. The code
itself is stored nowhere.
"""

import hmac
import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from crypto.derivation import expand, extract_and_expand
from crypto.errors import Malformed, UnknownWord, WrongWordCount
from crypto.kdf import RECEIPT_COST, KdfCost, argon2id
from crypto.keys import MailboxPrivateKey, MailboxPublicKey, Seed
from crypto.labels import Context, Purpose
from crypto.words import fold, is_known, list_for, words_for

WORD_COUNT = 10
DRAFT_SIZE = 32
LOCATOR_SIZE = 16
LONGEST_TYPED = 400

RECEIPT_SALT = b"zegel/v1/receipt"
"""One salt for all, on purpose: the locator must follow from the code alone, and a code of 129
bits is as safe from tables as any salt would make it. See docs/explanation/keys.md."""

_STREAM_SIZE = 512
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f]|['\u2019](?={_LETTER}))*")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ReceiptCode:
    """Ten words. Two codes are equal when they fold to the same words: case and accents aside."""

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.words) != WORD_COUNT:
            raise WrongWordCount(len(self.words))

    @property
    def text(self) -> str:
        """The words with a space between them, as shown to the reporter."""
        return " ".join(self.words)

    @property
    def folded(self) -> bytes:
        """What keys are derived from: the folded words with a space between them, in UTF-8."""
        return " ".join(fold(word) for word in self.words).encode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReceiptCode) and hmac.compare_digest(self.folded, other.folded)

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a table

    def __repr__(self) -> str:
        return "ReceiptCode(hidden)"


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """What the office keeps of a receipt code: enough to find, check and seal to the mailbox.

    Attributes:
        locator: 16 bytes that find the row.
        token_hash: SHA-256 of the token that proves the code.
        public: what the office seals its messages to.
    """

    locator: bytes
    token_hash: bytes
    public: MailboxPublicKey


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ReceiptKeys:
    """Everything that follows from a receipt code.

    Attributes:
        locator: 16 bytes that find the mailbox.
        token: 32 bytes that prove the code.
        seed: of the mailbox key.
    """

    locator: bytes
    token: bytes
    seed: Seed

    @property
    def address(self) -> MailboxAddress:
        """The part that the office may keep."""
        return MailboxAddress(self.locator, sha256(self.token).digest(), self.private.public)

    @property
    def private(self) -> MailboxPrivateKey:
        """The key that opens what the office wrote."""
        return MailboxPrivateKey(self.seed)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReceiptKeys):
            return NotImplemented
        mine = self.locator + self.token + self.seed.raw
        return hmac.compare_digest(mine, other.locator + other.token + other.seed.raw)

    __hash__ = None  # type: ignore[assignment]  # as for its seed

    def __repr__(self) -> str:
        return "ReceiptKeys(hidden)"


def draw_code(draft: bytes, binding: bytes, language: str) -> ReceiptCode:
    """The receipt code of one filled-in form; the same again if the form is sent twice.

    Args:
        draft: 32 random bytes made when the form was shown, carried in the page.
        binding: `SessionToken.binding` of the form's session: the page alone gives no code.
        language: whose word list to draw from; English where it has none.

    Raises:
        Malformed: a draft of another length; it came with the form.
    """
    language = list_for(language)
    words = words_for(language)
    indices = draw_indices(draft, binding, language, len(words))
    return ReceiptCode(tuple(words[index] for index in indices))


def draw_indices(draft: bytes, binding: bytes, language: str, size: int) -> tuple[int, ...]:
    """Ten numbers below ``size``, each equally likely: 16-bit numbers, those that would favour
    the start of the list left out."""
    if len(draft) != DRAFT_SIZE:
        raise Malformed("not a draft")
    if not WORD_COUNT <= size <= 1 << 16:
        raise ValueError("a word list has at most 65536 words")
    context = Context(Purpose.RECEIPT_DRAW, (language.encode("ascii"),))
    stream = extract_and_expand(draft, binding, context, _STREAM_SIZE)
    numbers = (int.from_bytes(stream[at : at + 2], "big") for at in range(0, _STREAM_SIZE, 2))
    fair = [number % size for number in numbers if number < (1 << 16) - (1 << 16) % size]
    if len(fair) < WORD_COUNT:  # At worst half are left out: less likely than 2 to the -180.
        raise Malformed("unusable draft")
    return tuple(fair[:WORD_COUNT])


def read_code(typed: str) -> ReceiptCode:
    """The code a person typed, in any language, case, accents and separators.

    Whether the code exists is not looked at: nothing here is slow, and nothing is secret but
    what the person typed.

    Raises:
        WrongWordCount: not ten words, or far too long a text.
        UnknownWord: a word that is in no list.
    """
    if len(typed) > LONGEST_TYPED:
        raise WrongWordCount(len(typed.split()))
    spelled = _WORD.findall(unicodedata.normalize("NFKC", typed))
    for position, word in enumerate(spelled, start=1):
        if not is_known(fold(word)):
            raise UnknownWord(position, word)
    return ReceiptCode(tuple(fold(word) for word in spelled))


def derive(code: ReceiptCode, cost: KdfCost = RECEIPT_COST) -> ReceiptKeys:
    """What follows from a code. Slow on purpose: the caller bounds how many run at once.

    Args:
        code: drawn or typed.
        cost: changes the result; all codes of an office use one cost.
    """
    master = argon2id(code.folded, RECEIPT_SALT, cost)
    return ReceiptKeys(
        expand(master, Context(Purpose.RECEIPT_LOCATOR), LOCATOR_SIZE),
        expand(master, Context(Purpose.RECEIPT_TOKEN)),
        Seed(expand(master, Context(Purpose.RECEIPT_SEED))),
    )
