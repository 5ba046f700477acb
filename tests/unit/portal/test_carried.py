"""What a page of the portal carries beside the questions: its draft, its place in the thread."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.forms.draft import new_draft, read_draft
from portal.forms.mailbox import MessageForm


def test_a_draft_reads_back_and_nothing_else_does():
    draft = new_draft()

    assert len(read_draft(draft) or b"") == 32
    for broken in (None, "", draft[:-1], draft + "A", draft + "=", "é" * 43, "!" * 43):
        assert read_draft(broken) is None, broken


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 50, "\u0661"])
def test_a_lost_place_in_the_thread_counts_as_the_beginning(seen):
    assert MessageForm(MultiDict({"seen": seen})).last_seen == 0
