"""Arabic in the portal's pages, which read from left to right."""

from tests.support.directions import ARABIC, bound_to_the_page
from tests.support.html import Client
from tests.support.office import Office
from tests.support.portal_steps import code_on, open_mailbox, send_complaint, send_report, write


def test_a_report_and_its_thread_read_in_their_own_direction(
    client: Client, office: Office
) -> None:
    code = code_on(send_report(client, what=ARABIC, when_where=ARABIC))
    office.answer(ARABIC, asks=True)

    mailbox = open_mailbox(client, code)
    later = write(client, mailbox, ARABIC)

    assert mailbox.text.count(ARABIC) == 3
    assert bound_to_the_page(mailbox.document) == []
    assert bound_to_the_page(later.document) == []


def test_a_form_that_comes_back_keeps_what_was_typed_in_its_direction(client: Client) -> None:
    page = send_complaint(client, name=ARABIC, problem=ARABIC, email="no address")

    assert page.source.count(ARABIC) >= 2
    assert bound_to_the_page(page.document) == []


def test_a_planted_text_without_a_direction_is_found(client: Client) -> None:
    page = client.get("/en/report")
    next(page.document.iter("h1")).text = ARABIC

    assert len(bound_to_the_page(page.document)) == 1
