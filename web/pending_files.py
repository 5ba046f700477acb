"""Files that are being written and that nothing keeps yet.

Each is noted in the database before its first byte. What neither a transaction nor a page keeps is
removed at the end of the request; what a killed process leaves is swept later.
"""

import secrets
from collections.abc import Callable, Collection

from flask import request

from cases.actions import evidence
from cases.errors import EvidenceUnusable
from web import logs
from web.database import OperationalError
from web.file_parts import Attempt, SealedPart
from web.services import Services

ID_BYTES = 16
# What ends the taking of files and not the reading of the form.
FAILURES = (EvidenceUnusable, OperationalError)


class PendingFiles:
    """The files that one request writes.

    Args:
        here: the store and the database.
        attempt: how every piece of work on them is done.
    """

    def __init__(self, here: Services, attempt: Attempt) -> None:
        self._here, self._attempt = here, attempt
        self._parts: list[SealedPart] = []

    def new(self, name: str, media_type: str) -> SealedPart:
        """A file under an id of its own; nothing is noted or written before `begin`."""
        id, store = secrets.token_bytes(ID_BYTES), self._here.evidence
        part = SealedPart(id, name, media_type, store, self._attempt)
        self._parts.append(part)
        return part

    def begin(self, part: SealedPart) -> None:
        """Note the file and open its object. Raises one of FAILURES."""
        # A transaction of its own: a killed process leaves no object that nobody knows.
        with self._here.database.writing() as session:
            evidence.begin(session, part.id, self._here.today())
        part.begin()

    def discard(self, also: Collection[bytes] = (), spared: Collection[bytes] = ()) -> None:
        """Remove what no transaction kept, but for what is spared; raises one of FAILURES.

        Args:
            also: ids of files of earlier requests.
            spared: ids of files that a page carries from now on.
        """
        for part in self._parts:
            part.give_up()
        gone = [*also, *(part.id for part in self._parts if part.id not in spared)]
        if gone:
            with self._here.database.writing() as session:
                evidence.discard(session, self._here.evidence, gone)


def at_the_end(discard: Callable[[], None]) -> None:
    """Discard when a request ends; where that fails the sweeper finds what is left."""
    try:
        discard()
    except FAILURES as failure:
        # The page that says what went wrong matters more now.
        logs.record_failure(request.endpoint, (type(failure), failure, failure.__traceback__))
