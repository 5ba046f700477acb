"""What a family of files can do."""

from collections.abc import Iterator
from typing import Protocol

from inspection.findings import Hidden, Page


class Format(Protocol):
    """One family. Every method takes the whole file and may raise whatever its library raises:
    the worker turns that into `Failure.BROKEN`."""

    def hidden(self, data: bytes) -> Iterator[Hidden]:
        """What the file carries unseen."""

    def cleaned(self, data: bytes) -> bytes | None:
        """A copy without that, of the same type and with the same visible content; None where
        none can be made."""

    def pages(self, data: bytes) -> int:
        """How many pages can be shown."""

    def page(self, data: bytes, number: int) -> Page:
        """One of them, counted from 0."""
