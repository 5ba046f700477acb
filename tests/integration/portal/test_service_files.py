"""Files with the answer of a public service: shown before it is sent, kept with the case's step."""

from cases.actions.case_files import files_of
from cases.actions.evidence import stored_pieces
from cases.actions.reading import office_thread
from cases.domain.flows import Action
from tests.integration.portal.test_service import SENT, Asked
from tests.support.consulting import consulting
from tests.support.html import Client, Page
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import add_files, listed_files
from web.settings import Audience

LIST = ("suppliers/2026.csv", b"a;b\n1;2\n", "text/csv")
SCAN = ("scan.pdf", b"%PDF-1.7", "application/pdf")


def answered(asked: Asked) -> dict[str, tuple[bytes, object]]:
    """The files of the case as the office reads them, with the step that brought each."""
    ours = asked.ours
    store = ours.office.services(Audience.CONSOLE).evidence
    with ours.office.database.reading() as session:
        case = ours.scene.open(session)
        found = files_of(case, office_thread(session, case))
        return {
            each.attachment.path: (
                b"".join(stored_pieces(store, each.attachment)),
                each.step.action if each.step else None,
            )
            for each in found
        }


def preview(client: Client, asked: Asked) -> Page:
    """An answer with two files, read once more."""
    page = asked.open(client)
    return client.submit(page, "/preview", text="Here they are.", files=[LIST, SCAN])


def test_an_answer_arrives_with_its_files(client: Client, office: Office) -> None:
    asked = Asked(consulting(office))

    page = preview(client, asked)
    assert listed_files(page) == [LIST[0], SCAN[0]]
    assert answered(asked) == {}
    assert client.submit(page, "/answer").heading == SENT

    assert answered(asked) == {
        LIST[0]: (LIST[1], Action.SERVICE_ANSWERED),
        SCAN[0]: (SCAN[1], Action.SERVICE_ANSWERED),
    }
    assert asked.answer() == "Here they are."
    assert office.pending_files() == 0


def test_files_are_added_and_taken_off_before_it_is_sent(client: Client, office: Office) -> None:
    asked = Asked(consulting(office))
    page = client.submit(
        preview(client, asked), "/preview", text="Now one.", tampered={"attach": "yes"}
    )
    assert page.value("text") == "Now one."
    (first, _) = page.all("name", "drop")

    page = add_files(client, page, "/preview", drop=first.get("value", ""))
    assert listed_files(page) == [SCAN[0]]
    client.submit(client.submit(page, "/preview"), "/answer")

    assert list(answered(asked)) == [SCAN[0]]


def test_a_page_that_closed_says_that_the_files_are_gone(
    client: Client, office: Office, clock: FixedClock
) -> None:
    page = preview(client, Asked(consulting(office)))
    clock.advance(minutes=31)

    page = client.submit(page, "/answer")

    assert page.status == 403
    assert "Here they are." in page.text
    assert "Your files were not kept" in page.text


def test_a_file_that_waited_for_too_long_is_left_out_of_the_answer(
    client: Client, office: Office
) -> None:
    asked = Asked(consulting(office))
    page = preview(client, asked)
    (first, _) = add_files(client, page, "/preview").all("name", "drop")
    client.submit(page, "/preview", tampered={"drop": first.get("value", "")})

    again = client.submit(page, "/answer")
    assert again.status == 409
    assert listed_files(again) == [SCAN[0]]
    assert again.value("text") == "Here they are."
    client.submit(client.submit(again, "/preview"), "/answer")

    assert list(answered(asked)) == [SCAN[0]]
