"""JSON read strictly: one way to write each value, no duplicate and no unknown members."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import date

from crypto.errors import Malformed

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


def write(value: Mapping[str, object]) -> bytes:
    """Canonical bytes: sorted members, no spaces, ASCII only."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def read(encoded: bytes) -> Value:
    """The value of canonical bytes.

    Raises:
        Malformed: not JSON, or not exactly as `write` writes it.
    """
    try:
        value: Value = json.loads(encoded.decode("ascii"))
        canonical = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if canonical.encode("ascii") != encoded:  # A space, another order, a member twice.
        raise Malformed("not canonical JSON")
    return value


def members(value: Value, names: frozenset[str]) -> dict[str, Value]:
    """An object with exactly these members."""
    if not isinstance(value, dict) or value.keys() != names:
        raise Malformed("unexpected members")
    return value


def items(value: Value, most: int) -> list[Value]:
    """A list of at most ``most`` values."""
    if not isinstance(value, list) or len(value) > most:
        raise Malformed("not a list")
    return value


def text(value: Value, most: int) -> str:
    """A string of 1 to ``most`` printable characters."""
    if not isinstance(value, str) or not 0 < len(value) <= most or not value.isprintable():
        raise Malformed("not a text")
    return value


def whole(value: Value) -> int:
    """A whole number from 1 to 2**31 - 1."""
    if type(value) is not int or not 0 < value < 1 << 31:
        raise Malformed("not a whole number")
    return value


def day(value: Value) -> date:
    """A date, written YYYY-MM-DD."""
    try:
        parsed = date.fromisoformat(text(value, 10))
    except ValueError:
        raise Malformed("not a date") from None
    if parsed.isoformat() != value:
        raise Malformed("not a date")
    return parsed


def encode_bytes(raw: bytes) -> str:
    """Bytes as base64 with padding."""
    return base64.b64encode(raw).decode("ascii")


def decode_bytes(value: Value) -> bytes:
    """The bytes of base64 that `encode_bytes` wrote."""
    try:
        if not isinstance(value, str):
            raise Malformed("not base64")
        raw = base64.b64decode(value.encode("ascii"), validate=True)
    except (ValueError, binascii.Error):
        raise Malformed("not base64") from None
    if encode_bytes(raw) != value:
        raise Malformed("not base64")
    return raw


def sized_bytes(value: Value, size: int) -> bytes:
    """The bytes of base64, exactly ``size`` of them."""
    raw = decode_bytes(value)
    if len(raw) != size:
        raise Malformed("bytes of another length")
    return raw
