"""A value that must not leak: hidden in a repr, compared in constant time, not hashable."""

import hmac
from dataclasses import dataclass
from typing import ClassVar, Self

from nacl.utils import random


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SecretBytes:
    """Secret bytes of one fixed size; each kind of secret is a subclass of its own.

    Python cannot promise to wipe memory, so nothing here pretends to.
    """

    raw: bytes
    SIZE: ClassVar[int] = 32

    def __post_init__(self) -> None:
        if len(self.raw) != self.SIZE:
            raise ValueError(f"{type(self).__name__} is {self.SIZE} bytes")

    @classmethod
    def generate(cls) -> Self:
        """A new one from the system's generator."""
        return cls(random(cls.SIZE))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return hmac.compare_digest(self.raw, other.raw)

    __hash__ = None  # type: ignore[assignment]  # a hash of a secret is a leak in a table

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"
