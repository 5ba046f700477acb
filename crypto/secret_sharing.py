"""A secret split so that any k of n people together have it and fewer have nothing (SLIP-39).

The shares are SLIP-39 mnemonics (one group, iteration exponent 0, extendable) of the secret
itself: the secret takes the place of SLIP-39's encrypted master secret, because it is random
already and no passphrase is wanted.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from shamir_mnemonic import EncryptedMasterSecret, MnemonicError, Share
from shamir_mnemonic.shamir import decode_mnemonics, recover_ems, split_ems
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from crypto.errors import SharesFault, SharesRejected

MOST_SHARES = 16
_LONGEST_MNEMONIC = 1_000


@dataclass(frozen=True)
class ShareLabel:
    """What a share says of itself; nothing of the secret.

    Attributes:
        family: the same for all shares of one split, and hardly ever for those of another.
        number: which of them it is.
        needed: how many give the secret back.
    """

    family: tuple[int, ...]
    number: int
    needed: int


def split(secret: bytes, needed: int, total: int) -> tuple[str, ...]:
    """Shares of a secret, one mnemonic each; 33 words for 32 bytes.

    Args:
        secret: uniform bytes, at least 16, an even number.
        needed: how many shares give it back.
        total: how many there are, at most 16.

    With ``needed`` 1 every share is the same one, and each holder alone has the secret.
    """
    if not 1 <= needed <= total <= MOST_SHARES:
        raise ValueError("needed shares: 1 to total, at most 16")
    members = total if needed > 1 else 1
    bare = EncryptedMasterSecret(secrets.randbelow(1 << 15), True, 0, secret)
    (shares,) = split_ems(1, [(needed, members)], bare)
    mnemonics = tuple(share.mnemonic() for share in shares)
    return mnemonics if needed > 1 else mnemonics * total


def combine(mnemonics: Sequence[str]) -> bytes:
    """The secret, from enough of its shares; further ones of the same secret are not needed.

    Raises:
        SharesRejected: a share is mistyped, there are too few, or they do not belong together.
    """
    shares = {share.index: share for share in map(_read, mnemonics)}
    if not shares:
        raise SharesRejected(SharesFault.NOT_ENOUGH)
    if len({share.group_parameters() for share in shares.values()}) > 1:
        raise SharesRejected(SharesFault.MIXED)
    chosen = list(shares.values())
    needed = chosen[0].member_threshold
    if len(chosen) < needed:
        raise SharesRejected(SharesFault.NOT_ENOUGH)
    return _recover(chosen[:needed])


def label(mnemonic: str) -> ShareLabel:
    """Read the label of one share.

    Raises:
        SharesRejected: it is mistyped; the checksum finds any three wrong words.
    """
    share = _read(mnemonic)
    return ShareLabel(tuple(share.group_parameters()), share.index, share.member_threshold)


def unknown_word(mnemonic: str) -> int | None:
    """The place, from 1, of the first word that no share can have; None where each is known."""
    for position, word in enumerate(mnemonic.split(), start=1):
        if word.lower() not in WORD_INDEX_MAP:
            return position
    return None


def _read(mnemonic: str) -> Share:
    if len(mnemonic) > _LONGEST_MNEMONIC:
        raise SharesRejected(SharesFault.MALFORMED)
    try:
        share = Share.from_mnemonic(mnemonic)
    except MnemonicError:
        raise SharesRejected(SharesFault.MALFORMED) from None
    if (share.extendable, share.iteration_exponent, share.group_count) != (True, 0, 1):
        raise SharesRejected(SharesFault.MALFORMED)
    return share


def _recover(shares: Sequence[Share]) -> bytes:
    try:
        recovered = recover_ems(decode_mnemonics(share.mnemonic() for share in shares))
    except MnemonicError:
        raise SharesRejected(SharesFault.MIXED) from None
    return recovered.ciphertext
