"""Reading JSON that came out of an envelope: each field is asked for by name and type.

What an envelope holds was written by this program, but perhaps by another version of it, or by
someone who holds a key and means harm; so nothing is believed to have a type before it is asked.
"""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from cases.errors import FactsMalformed

Choice = TypeVar("Choice", bound=StrEnum)


class JsonFields:
    """A JSON object whose fields are read one by one; FactsMalformed on any other type."""

    def __init__(self, fields: dict[str, object]) -> None:
        self._fields = fields

    @classmethod
    def parse(cls, encoded: bytes) -> "JsonFields":
        """The object in these bytes."""
        try:
            value: object = json.loads(encoded)
        except (ValueError, RecursionError):
            raise FactsMalformed from None
        return cls._of(value)

    @classmethod
    def _of(cls, value: object) -> "JsonFields":
        if not isinstance(value, dict):
            raise FactsMalformed
        return cls({str(name): field for name, field in value.items()})

    def object(self, name: str) -> "JsonFields":
        """A nested object; an absent one is empty."""
        return self._of(self._fields.get(name, {}))

    def objects(self, name: str) -> "tuple[JsonFields, ...]":
        """Any number of nested objects."""
        values = self._fields.get(name, [])
        if not isinstance(values, list):
            raise FactsMalformed
        return tuple(self._of(value) for value in values)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._fields.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """A string."""
        value = self._fields.get(name, default)
        if not isinstance(value, str):
            raise FactsMalformed
        return value

    def optional_text(self, name: str) -> str | None:
        """A string, or None."""
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Any number of strings."""
        values = self._fields.get(name, [])
        if not isinstance(values, list):
            raise FactsMalformed
        if not all(isinstance(value, str) for value in values):
            raise FactsMalformed
        return tuple(values)

    def hex(self, name: str) -> bytes | None:
        """Bytes written as hexadecimal, or None."""
        if not self.has(name):
            return None
        try:
            return bytes.fromhex(self.text(name))
        except ValueError:
            raise FactsMalformed from None

    def number(self, name: str) -> int:
        """A whole number."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise FactsMalformed
        return value

    def optional_number(self, name: str) -> int | None:
        """A whole number, or None."""
        return self.number(name) if self.has(name) else None

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self._fields.get(name, default)
        if not isinstance(value, bool):
            raise FactsMalformed
        return value

    def day(self, name: str) -> date | None:
        """An ISO date, or None."""
        if not self.has(name):
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise FactsMalformed from None

    def moment(self, name: str) -> datetime:
        """An ISO date and time with its zone."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise FactsMalformed from None
        if moment.tzinfo is None:
            raise FactsMalformed
        return moment

    def required(self, name: str, choices: type[Choice]) -> Choice:
        """One of the choices."""
        return _choice(self.text(name), choices)

    def choice(self, name: str, choices: type[Choice]) -> Choice | None:
        """One of the choices, or None."""
        return _choice(self.text(name), choices) if self.has(name) else None

    def hexes(self, name: str) -> tuple[bytes, ...]:
        """Any number of bytes written as hexadecimal."""
        try:
            return tuple(bytes.fromhex(text) for text in self.texts(name))
        except ValueError:
            raise FactsMalformed from None

    def choices(self, name: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Any number of the choices."""
        values = self._fields.get(name, [])
        if not isinstance(values, list):
            raise FactsMalformed
        return tuple(_choice(value, choices) for value in values)


def _choice(value: object, choices: type[Choice]) -> Choice:
    try:
        return choices(str(value))
    except ValueError:
        raise FactsMalformed from None


def to_json(fields: dict[str, object]) -> bytes:
    """Compact UTF-8 JSON with sorted names, so that equal values give equal bytes."""
    return json.dumps(
        fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no JSON for {type(value).__name__}")
