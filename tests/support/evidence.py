"""Files for tests, sealed into a store as an upload does it, and handed to a step."""

import os
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from cases.actions.evidence import begin, evidence_context
from cases.database import Database
from cases.domain.attachments import Attachment
from cases.evidence_store import EvidenceStore
from cases.models.base import new_id
from crypto.stream import Sealer, StreamKey, opened

PDF = "application/pdf"


def uploaded(
    database: Database,
    store: EvidenceStore,
    today: date,
    content: bytes = b"minutes",
    name: str = "minutes.pdf",
) -> Attachment:
    """A file that has arrived and is pending."""
    evidence_id, key = new_id(), StreamKey(os.urandom(32))
    with database.writing() as session:
        begin(session, evidence_id, today)
    with store.writer(evidence_id.hex()) as writer:
        for sealed in sealed_pieces(content, key, evidence_id):
            writer.write(sealed)
    return Attachment(evidence_id, name, PDF, len(content), key.raw, sha256(content).digest())


def sealed_pieces(content: bytes, key: StreamKey, evidence_id: bytes) -> Iterator[bytes]:
    """The stored bytes of a file, in order."""
    sealer = Sealer(key, evidence_context(evidence_id))
    yield sealer.header
    yield sealer.push(content)
    yield from sealer.finish()


def read_back(store: EvidenceStore, attachment: Attachment) -> bytes:
    """The file, opened from the store."""
    stored, key = store.reader(attachment.object_name), StreamKey(attachment.key)
    context = evidence_context(attachment.id)
    return b"".join(opened(stored, key, context, attachment.size))
