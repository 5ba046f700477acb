"""The reference page of the roles says what the code says."""

from tools.roles import DOCUMENT, console_of_no_office, document


def test_the_page_of_the_roles_is_made_from_the_code() -> None:
    made = document(console_of_no_office())

    assert DOCUMENT.read_text(encoding="utf-8") == made, "run: python -m tools.roles"
