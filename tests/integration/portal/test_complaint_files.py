"""Files with a complaint and with a request for protection, whatever is still to be said."""

import pytest

from tests.support.html import Client, Value
from tests.support.office import Office
from tests.support.portal_steps import COMPLAINT, add_files, code_on, listed_files

LETTER = ("letter.pdf", b"%PDF-1.7 of the service", "application/pdf")
FINE = ("fines/march/fine.png", b"\x89PNG and so on", "image/png")
PROTECTION: dict[str, Value] = {"what": "I lost my post."}
FORMS = pytest.mark.parametrize(
    ("path", "answers"), [("/complaint", COMPLAINT), ("/protection", PROTECTION)]
)


@FORMS
def test_it_arrives_with_its_files(
    client: Client, office: Office, path: str, answers: dict[str, Value]
) -> None:
    page = client.submit(client.get(f"/en{path}"), path, answers, files=[LETTER, FINE])

    assert len(code_on(page).split()) == 10
    assert office.files() == {LETTER[0]: LETTER[1], FINE[0]: FINE[1]}
    assert office.pending_files() == 0


@FORMS
def test_what_is_missing_costs_no_file(
    client: Client, office: Office, path: str, answers: dict[str, Value]
) -> None:
    page = add_files(client, client.get(f"/en{path}"), path, LETTER)
    assert (page.status, listed_files(page)) == (200, [LETTER[0]])

    page = client.submit(page, path, files=[FINE])
    assert (page.status, listed_files(page)) == (422, [LETTER[0], FINE[0]])
    client.submit(page, path, answers)

    assert list(office.files()) == [LETTER[0], FINE[0]]


def test_hearing_of_the_ombuds_of_the_service_costs_no_file(client: Client, office: Office) -> None:
    told = "Another office handles complaints about this service"
    answers = {**COMPLAINT, "authority": "stib-mivb"}
    page = client.submit(client.get("/en/complaint"), "/complaint", answers, files=[LETTER])
    assert page.status == 422
    assert told in page.text

    page = add_files(client, page, "/complaint", FINE)
    assert told in page.text
    assert listed_files(page) == [LETTER[0], FINE[0]]
    page = client.submit(page, "/complaint")

    assert len(code_on(page).split()) == 10
    assert list(office.files()) == [LETTER[0], FINE[0]]


def test_a_page_that_was_open_for_too_long_keeps_the_files(client: Client, office: Office) -> None:
    page = add_files(client, client.get("/en/complaint"), "/complaint", LETTER, **COMPLAINT)

    again = client.submit(page, "/complaint", files=[FINE], tampered={"csrf_token": "old"})
    assert again.status == 400
    client.submit(again, "/complaint")

    assert list(office.files()) == [LETTER[0], FINE[0]]
