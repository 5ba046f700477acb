"""The draft that a form page carries."""

from web.forms.drafts import new_draft, read_draft, refreshed


def test_a_draft_reads_back_and_nothing_else_does():
    draft = new_draft()

    assert len(read_draft(draft) or b"") == 32
    for broken in (None, "", draft[:-1], draft + "A", draft + "=", "é" * 43, "!" * 43):
        assert read_draft(broken) is None, broken


def test_a_page_shown_again_keeps_its_draft_and_gets_a_new_one_where_it_lost_it():
    draft = new_draft()

    assert refreshed(draft) == draft
    for broken in (None, "", draft[:-1]):
        assert read_draft(refreshed(broken)) is not None
