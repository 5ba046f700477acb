"""The reference page of the flows says what the table says."""

from tools.flows import DOCUMENT, document


def test_the_page_of_the_flows_is_made_from_the_table() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m tools.flows"
