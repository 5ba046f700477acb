"""Taking hidden data out of a file that has arrived, before the office ever sees it.

The file is read back from the store, as it is sealed there, and only the copy is kept.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from cases.actions.evidence import stored_pieces
from cases.domain.attachments import Attachment
from cases.evidence_store import EvidenceStore
from inspection.client import Inspector
from inspection.findings import InspectionFailed
from web.file_parts import SealedPart
from web.held import Cleaning, HeldFile


def cleaned(
    file: Attachment,
    store: EvidenceStore,
    inspector: Inspector,
    begin_copy: Callable[[], SealedPart],
) -> HeldFile:
    """A copy without hidden data; or the file itself, with the reason why there is none.

    Args:
        file: one that has arrived.
        store: where it lies.
        inspector: of this sender alone.
        begin_copy: notes a new file as pending and begins it.

    Raises:
        EvidenceUnusable: the store does not answer.
    """
    pieces = inspector.clean(stored_pieces(store, file), file.size, file.name)
    try:
        # Nothing is begun where no copy can be made.
        first = next(pieces, b"")
        copy = begin_copy()
        for piece in chain((first,), pieces):
            copy.write(piece)
    except InspectionFailed as failed:
        return HeldFile(file, failed.failure)
    copy.finish()
    if copy.attachment is None:
        # The store failed meanwhile, which whoever began the copy has noted.
        return HeldFile(file)
    return HeldFile(replace(copy.attachment, cleaned=True), Cleaning.DONE)
