"""What is done once cases are erased for good: their files go, and the list names them."""

from collections.abc import Sequence
from contextlib import suppress

from flask import Response, after_this_request

from cases.actions.erasure import remove_leftovers
from cases.errors import EvidenceUnusable, TombstonesUnusable
from cases.queries.erasures import tombstones
from reviewer import erased_list
from web.services import services


def finish_after_commit(files: Sequence[bytes]) -> None:
    """Remove the files of erased cases and write the list, after the commit.

    Where the store or the folder fails, the daily jobs do it: nothing opens the files any more, and
    the database holds the list.
    """

    def finish(response: Response) -> Response:
        here = services()
        with here.database.reading() as session:
            with suppress(EvidenceUnusable):
                remove_leftovers(session, here.evidence, files)
            with suppress(OSError, TombstonesUnusable):
                erased_list.write(here.settings.home, tombstones(session))
        return response

    after_this_request(finish)
