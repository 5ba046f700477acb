"""What a suite of algorithms must offer so that keys and sealed boxes can be made of it.

A suite says how a key pair comes from a seed, and how a small secret is sealed to one and opened.
`crypto.suites` lists those there are. Whoever writes one keeps two promises that no signature
shows: the public key it derives is bound to the kind and to nothing else but the seed, and a box
opens with the same ``info`` only.
"""

from abc import ABC, abstractmethod


class SuiteKey(ABC):
    """A private key of one suite, ready for use."""

    @property
    @abstractmethod
    def public(self) -> bytes:
        """The public half, without the bytes that name suite and kind."""

    @abstractmethod
    def open(self, sealed: bytes, info: bytes) -> bytes:
        """The secret that the suite's `seal` sealed to the public half.

        Args:
            sealed: at least `Suite.overhead` bytes.
            info: as when it was sealed.

        Raises:
            OpeningFailed: the key or ``info`` is another, or the bytes were altered.
        """


class Suite(ABC):
    """One way to derive, to seal and to open.

    Attributes:
        number: 1 to 255; the first byte of its public keys and boxes. Never given again.
        public_size: bytes of a public half.
        overhead: bytes by which what is sealed is longer than the secret.
    """

    number: int
    public_size: int
    overhead: int

    @abstractmethod
    def key(self, seed: bytes, kind: str) -> SuiteKey:
        """The private key of a seed.

        Args:
            seed: at least 32 uniform bytes.
            kind: whose key it is; another kind gives another key.
        """

    @abstractmethod
    def check(self, public: bytes) -> None:
        """Refuse what is no usable public half.

        Raises:
            Malformed: another length, or a value that would seal to nobody or to everybody.
        """

    @abstractmethod
    def seal(self, secret: bytes, public: bytes, info: bytes) -> bytes:
        """A small secret sealed to a public half that `check` accepted."""
