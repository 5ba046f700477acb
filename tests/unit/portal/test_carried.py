"""What a page of the mailbox carries beside the questions: its place in the thread."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.forms.mailbox import MessageForm


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 50, "\u0661"])
def test_a_lost_place_in_the_thread_counts_as_the_beginning(seen):
    assert MessageForm(MultiDict({"seen": seen})).last_seen == 0
