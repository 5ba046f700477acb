"""What the archive of a case holds, and under which names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from cases.actions.case_files import CaseFileEntry
from cases.actions.evidence import stored_pieces
from cases.domain.attachments import clean_name
from cases.evidence_store import EvidenceStore
from reviewer.letters.pdf import laid_out

_FOLDER = "files"
# File systems take 255 bytes of a name; the number before it needs some.
_NAME_BYTES = 200


@dataclass(frozen=True, repr=False)
class Member:
    """One member of the archive.

    Attributes:
        name: its path; ours, or numbered and cleaned.
        size: in bytes; None where it is known only when it is written.
        content: opens it, when its turn comes.
        dense: hardly any smaller when compressed, like most files people send.
    """

    name: str
    size: int | None
    content: Callable[[], Iterable[bytes]]
    dense: bool = False


@dataclass(frozen=True)
class ArchivedFile:
    """A file of the case and where it lies in the archive."""

    entry: CaseFileEntry
    path: str


def written(name: str, content: bytes) -> Member:
    """A member that is made already."""
    return Member(name, len(content), lambda: (content,))


def printed(name: str, page: str) -> Member:
    """A page that becomes a PDF in its turn. A long case takes many seconds: longer than a view may
    keep the database waiting."""
    return Member(name, None, lambda: (laid_out(page),))


def stored(files: Iterable[ArchivedFile], store: EvidenceStore) -> Iterator[Member]:
    """The files themselves, each opened piece by piece."""
    for file in files:
        attachment = file.entry.attachment
        opening = partial(stored_pieces, store, attachment)
        yield Member(file.path, attachment.size, opening, dense=True)


def placed(entries: tuple[CaseFileEntry, ...]) -> tuple[ArchivedFile, ...]:
    """The files with their paths: no two alike, and none that leads anywhere else."""
    digits = max(2, len(str(len(entries))))
    return tuple(
        ArchivedFile(entry, f"{_FOLDER}/{number:0{digits}}-{safe_name(entry.attachment.name)}")
        for number, entry in enumerate(entries, 1)
    )


def safe_name(given: str) -> str:
    """A name that every system can write, the extension kept."""
    name = clean_name(given)
    stem, dot, extension = name.rpartition(".")
    if not dot or len(dot + extension) > 20:
        stem, dot, extension = name, "", ""
    room = _NAME_BYTES - len((dot + extension).encode())
    return stem.encode()[: max(0, room)].decode(errors="ignore").rstrip(". ") + dot + extension
