"""The keys that a case had, and what tells the other side of a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.domain.json_fields import JsonFields
from cases.errors import FactsMalformed


@dataclass(frozen=True)
class EarlierKey:
    """A key that a case had, and the last message that names it."""

    key_id: bytes
    until: int

    def fields(self) -> dict[str, object]:
        """As plain values for JSON."""
        return dict(vars(self))

    @classmethod
    def read(cls, fields: JsonFields) -> "EarlierKey":
        """What `fields` wrote; FactsMalformed otherwise."""
        key_id = fields.hex("key_id")
        if key_id is None:
            raise FactsMalformed
        return cls(key_id, fields.number("until"))


def key_at(position: int, earlier: Sequence[EarlierKey], current: bytes) -> bytes:
    """Which key a message at this position names; `earlier` with the oldest key first."""
    return next((each.key_id for each in earlier if position <= each.until), current)


@dataclass(frozen=True, repr=False)
class KeyAnnouncement:
    """What a message says of a new key: `crypto.case_keys` tells whether it is to be believed.

    Attributes:
        public: the new public key.
        person: who signed, as the roster names them.
        serial: of the roster by which that is judged.
        signature: over the case, its key until then and all of this.
    """

    public: bytes
    person: bytes
    serial: int
    signature: bytes

    def fields(self) -> dict[str, object]:
        """As plain values for JSON."""
        return dict(vars(self))

    @classmethod
    def read(cls, fields: JsonFields) -> "KeyAnnouncement":
        """What `fields` wrote; FactsMalformed otherwise."""
        public, person = fields.hex("public"), fields.hex("person")
        signature = fields.hex("signature")
        if public is None or person is None or signature is None:
            raise FactsMalformed
        return cls(public, person, fields.number("serial"), signature)
