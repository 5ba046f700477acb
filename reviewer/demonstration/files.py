"""The files that come with the invented cases, sealed as those of a form are."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from cases.actions.evidence import begin
from cases.domain.attachments import Attachment
from cases.evidence_store import EvidenceStore
from web.database import Session
from web.file_parts import SealedPart

_FOLDER = Path(__file__).parent / "files"
_TYPES = {".jpg": "image/jpeg", ".pdf": "application/pdf", ".csv": "text/csv"}


def arrived(
    session: Session, store: EvidenceStore, names: Iterable[str], day: date
) -> tuple[Attachment, ...]:
    """The files with these names, pending, for a message that keeps them."""
    return tuple(_arrived(session, store, _FOLDER / name, day) for name in names)


def _arrived(session: Session, store: EvidenceStore, path: Path, day: date) -> Attachment:
    id = secrets.token_bytes(16)
    part = SealedPart(id, path.name, _TYPES[path.suffix], store, _at_once)
    begin(session, id, day)
    part.begin()
    part.write(path.read_bytes())
    part.finish()
    assert part.attachment is not None  # noqa: S101 - it was written to its end
    return part.attachment


def _at_once(work: Callable[[], None]) -> None:
    work()
