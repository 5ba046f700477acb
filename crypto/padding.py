"""Padding to buckets, so that a length in the database tells little: 1 KiB, 2 KiB, 4 KiB, ...

A padded payload is its length in four bytes, the payload, and zeros up to the bucket.
"""

from crypto.errors import Malformed

SMALLEST_BUCKET = 1024
LARGEST_BUCKET = SMALLEST_BUCKET << 14
_LENGTH_SIZE = 4


def padded_length(length: int) -> int:
    """The bucket, in bytes, of a payload of ``length`` bytes.

    Raises:
        ValueError: the payload does not fit the largest bucket, 16 MiB.
    """
    needed = length + _LENGTH_SIZE
    if length < 0 or needed > LARGEST_BUCKET:
        raise ValueError("a payload is at most 16 MiB less 4 bytes")
    return max(SMALLEST_BUCKET, 1 << (needed - 1).bit_length())


def is_bucket(length: int) -> bool:
    """Whether something padded can have this length."""
    doublings, rest = divmod(length, SMALLEST_BUCKET)
    return rest == 0 and doublings.bit_count() == 1 and length <= LARGEST_BUCKET


def pad(payload: bytes) -> bytes:
    """The payload, filled up to its bucket."""
    framed = len(payload).to_bytes(_LENGTH_SIZE, "big") + payload
    return framed.ljust(padded_length(len(payload)), b"\x00")


def unpad(padded: bytes) -> bytes:
    """The payload that `pad` filled up.

    Raises:
        Malformed: the length is no bucket, or not the payload's bucket, or the filling is not
            all zeros.
    """
    if not is_bucket(len(padded)):
        raise Malformed("not a bucket")
    length = int.from_bytes(padded[:_LENGTH_SIZE], "big")
    payload = padded[_LENGTH_SIZE : _LENGTH_SIZE + length]
    if len(payload) != length or pad(payload) != padded:
        raise Malformed("badly padded")
    return payload
