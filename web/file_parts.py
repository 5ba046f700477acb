"""A file of a form while it arrives: thrown away, or sealed on its way to the evidence store."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from hashlib import sha256

from cases.actions.evidence import evidence_context
from cases.domain.attachments import Attachment, clean_name, clean_type, folder_of
from cases.errors import EvidenceUnusable
from cases.evidence_store import EvidenceStore
from crypto.stream import Sealer, StreamKey

# Carries out a piece of work, or notes that it failed and does nothing from then on.
Attempt = Callable[[Callable[[], None]], None]


class FilePart:
    """A file that is thrown away.

    Attributes:
        taken: how many of its bytes arrived.
    """

    def __init__(self) -> None:
        self.taken = 0

    def write(self, arrived: bytes) -> None:
        """Take the next bytes."""
        self.taken += len(arrived)

    def finish(self) -> None:
        """The file is complete."""


class SealedPart(FilePart):
    """A file that is sealed as it arrives: in memory is one piece of it, and on no disk any.

    Args:
        id: 16 bytes, noted as pending before.
        name: as the browser gave it.
        media_type: as the browser gave it; nobody believes it.
        store: where the sealed bytes go.
        attempt: how every piece of work is done.

    Attributes:
        attachment: what finds and opens the file; None until it is complete.
    """

    def __init__(
        self, id: bytes, name: str, media_type: str, store: EvidenceStore, attempt: Attempt
    ) -> None:
        super().__init__()
        self.id = id
        self.attachment: Attachment | None = None
        self._name, self._folder = clean_name(name), folder_of(name)
        self._media_type = clean_type(media_type)
        self._store, self._attempt = store, attempt
        self._key, self._digest = StreamKey.generate(), sha256()
        self._sealer = Sealer(self._key, evidence_context(id))
        self._writing = ExitStack()

    def begin(self) -> None:
        """Open the object. Raises EvidenceUnusable."""
        self._object = self._writing.enter_context(self._store.writer(self.id.hex()))
        self._object.write(self._sealer.header)

    def write(self, arrived: bytes) -> None:
        """Seal the next bytes."""
        super().write(arrived)
        self._attempt(lambda: self._seal(arrived))

    def finish(self) -> None:
        """The file is complete."""
        self._attempt(self._finish)

    def give_up(self) -> None:
        """Have the store forget what it holds of a file that is not complete."""
        with suppress(_GivenUp, EvidenceUnusable), self._writing:
            raise _GivenUp

    def _seal(self, arrived: bytes) -> None:
        self._digest.update(arrived)
        self._object.write(self._sealer.push(arrived))

    def _finish(self) -> None:
        for piece in self._sealer.finish():
            self._object.write(piece)
        self._writing.close()
        self.attachment = Attachment(
            id=self.id,
            name=self._name,
            media_type=self._media_type,
            size=self.taken,
            key=self._key.raw,
            sha256=self._digest.digest(),
            folder=self._folder,
        )


class _GivenUp(Exception):
    """Tells the store's writer that its object is not wanted."""
