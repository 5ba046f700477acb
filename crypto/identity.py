"""The name and contact details that a reporter gives in confidence: k custodians, or nobody.

The content key is split when it is sealed, and each share is sealed to one custodian, for this
one identity. No office key, not even the recovery key, opens it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nacl.utils import random

from crypto import envelope, sealed_box
from crypto.errors import Malformed, OpeningFailed
from crypto.keys import KeyId, PersonalPrivateKey, PersonalPublicKey
from crypto.labels import Context, Purpose
from crypto.secret_sharing import combine, split

_SHARE_SIZE = 300  # 33 words of at most 8 letters fit: the length of a share tells nothing.


@dataclass(frozen=True, slots=True)
class IdentityShare:
    """One custodian's share of one identity, sealed to that custodian."""

    key_id: KeyId
    box: bytes


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """A sealed identity, and a share for each custodian."""

    body: bytes
    shares: tuple[IdentityShare, ...]


def seal_identity(
    payload: bytes, case_id: bytes, custodians: Sequence[PersonalPublicKey], needed: int
) -> SealedIdentity:
    """Seal an identity so that ``needed`` of the custodians open it together.

    Args:
        payload: the identity; only the bucket of its length shows.
        case_id: the case it belongs to.
        custodians: their keys, from the verified roster, each one once.
        needed: how many must agree.

    Raises:
        TypeError: a key is no personal key.
        ValueError: fewer custodians than needed, more than 16, or one twice.
    """
    if not all(isinstance(custodian, PersonalPublicKey) for custodian in custodians):
        raise TypeError("a share is sealed to a personal key")
    if len(set(custodians)) != len(custodians):
        raise ValueError("a custodian holds one share")
    content_key = random(envelope.CONTENT_KEY_SIZE)
    mnemonics = split(content_key, needed, len(custodians))
    shares = tuple(
        IdentityShare(custodian.key_id, _seal_share(mnemonic, case_id, custodian))
        for custodian, mnemonic in zip(custodians, mnemonics, strict=True)
    )
    return SealedIdentity(envelope.seal_body(payload, content_key, _body(case_id)), shares)


def open_share(box: bytes, case_id: bytes, key: PersonalPrivateKey) -> str:
    """A custodian's share of the identity of one case, as SLIP-39 words.

    Raises:
        TypeError: ``key`` is no personal key.
        Malformed, OpeningFailed: as `crypto.sealed_box.open_sealed`.
    """
    if not isinstance(key, PersonalPrivateKey):
        raise TypeError("a share is opened with a personal key")
    return _words(sealed_box.open_sealed(box, key, _share(case_id)))


def hand_over(share: str, case_id: bytes, request_id: bytes, to: PersonalPublicKey) -> bytes:
    """A custodian's opened share, sealed to whoever asked, for this one request.

    Args:
        share: from `open_share`.
        case_id: whose identity it is of.
        request_id: the request that the custodian approves.
        to: the key of the person who asked, from the verified roster.

    Raises:
        TypeError: ``to`` is no personal key.
    """
    if not isinstance(to, PersonalPublicKey):
        raise TypeError("a share is handed over to a personal key")
    return sealed_box.seal(_padded(share), to, _handover(case_id, request_id))


def open_handed_over(box: bytes, case_id: bytes, request_id: bytes, key: PersonalPrivateKey) -> str:
    """The share that a custodian handed over, as SLIP-39 words.

    Raises:
        TypeError: ``key`` is no personal key.
        Malformed, OpeningFailed: as `crypto.sealed_box.open_sealed`.
    """
    if not isinstance(key, PersonalPrivateKey):
        raise TypeError("a share is opened with a personal key")
    return _words(sealed_box.open_sealed(box, key, _handover(case_id, request_id)))


def open_identity(body: bytes, case_id: bytes, shares: Sequence[str]) -> bytes:
    """The identity, from enough custodians' shares.

    Raises:
        SharesRejected: shares mistyped, too few, or of another identity.
        Malformed: not an identity, or of an unknown version.
        OpeningFailed: shares of another identity, or altered bytes.
    """
    content_key = combine(shares)
    if len(content_key) != envelope.CONTENT_KEY_SIZE:
        raise OpeningFailed
    return envelope.open_body(body, content_key, _body(case_id))


def _seal_share(mnemonic: str, case_id: bytes, custodian: PersonalPublicKey) -> bytes:
    return sealed_box.seal(_padded(mnemonic), custodian, _share(case_id))


def _padded(mnemonic: str) -> bytes:
    return mnemonic.encode("ascii").ljust(_SHARE_SIZE, b" ")


def _words(padded: bytes) -> str:
    if len(padded) != _SHARE_SIZE or not padded.isascii():
        raise Malformed("not a share")
    return padded.decode("ascii").rstrip(" ")


def _body(case_id: bytes) -> Context:
    return Context(Purpose.IDENTITY, (case_id,))


def _share(case_id: bytes) -> Context:
    return Context(Purpose.IDENTITY_SHARE, (case_id,))


def _handover(case_id: bytes, request_id: bytes) -> Context:
    return Context(Purpose.IDENTITY_HANDOVER, (case_id, request_id))
