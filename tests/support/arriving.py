"""A program that gets half of a file, says so and waits to be killed.

python -m tests.support.arriving DATABASE_URL EVIDENCE_URL YYYY-MM-DD
"""

import os
import sys
from datetime import date

from cases.actions.evidence import begin, evidence_context
from cases.database import Database
from cases.evidence_store import PART_SIZE, EvidenceStore
from cases.models.base import new_id
from crypto.stream import Sealer, StreamKey


def main() -> None:
    """Begin a file that never ends."""
    database, store = Database(sys.argv[1]), EvidenceStore(sys.argv[2])
    evidence_id, today = new_id(), date.fromisoformat(sys.argv[3])
    with database.writing() as session:
        begin(session, evidence_id, today)
    sealer = Sealer(StreamKey(os.urandom(32)), evidence_context(evidence_id))
    with store.writer(evidence_id.hex()) as writer:
        writer.write(sealer.header)
        while not store.unfinished():
            writer.write(sealer.push(os.urandom(PART_SIZE)))
        print(evidence_id.hex(), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
