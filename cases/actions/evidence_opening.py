"""Opening every file that one person can open, to its authenticated end."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from cases.actions.case_files import files_of
from cases.actions.evidence import stored_pieces
from cases.actions.reading import office_thread, open_case
from cases.actions.signed_in import StaffKeys
from cases.domain.attachments import Attachment
from cases.errors import CaseDamaged, EvidenceUnusable, NotFound
from cases.evidence_store import EvidenceStore
from cases.queries import evidence as queries
from crypto.errors import CryptoError


@dataclass(frozen=True)
class OpenableFiles:
    """What one person can check.

    Attributes:
        files: named by the steps of the cases that the person can open.
        faults: names of objects that no step of their case names, so that nobody can open them.
        shut: how many cases with files the person cannot open.
        damaged: how many of them should open to the person and do not.
    """

    files: tuple[Attachment, ...]
    faults: tuple[str, ...]
    shut: int
    damaged: int


def openable_files(session: Session, keys: StaffKeys) -> OpenableFiles:
    """The files of every case that the person can open, from the steps that name them."""
    files: list[Attachment] = []
    unnamed: list[str] = []
    shut = damaged = 0
    for case_id, kept in queries.kept_by_case(session).items():
        try:
            case = open_case(session, case_id, keys)
        except NotFound:
            shut += 1
            continue
        except CaseDamaged:
            damaged += 1
            continue
        thread = office_thread(session, case)
        named = [entry.attachment for entry in files_of(case, thread)]
        unnamed += [each.hex() for each in kept - {file.id for file in named}]
        files += named
    return OpenableFiles(tuple(files), tuple(sorted(unnamed)), shut, damaged)


def opens(store: EvidenceStore, file: Attachment) -> bool:
    """Whether the stored stream opens, whole, to exactly the file that was sent."""
    found = sha256()
    try:
        for piece in stored_pieces(store, file):
            found.update(piece)
    except (CryptoError, EvidenceUnusable):
        return False
    return found.digest() == file.sha256
