"""Files with a report: added, kept by the page, taken off again, sent."""

from time import monotonic

import pytest

from inspection import client as inspecting
from inspection.client import Inspector
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.portal_steps import code_on
from web import arriving
from web.arriving import DROP
from web.uploads import ATTACH

PHOTO = ("photo.jpg", b"a picture" * 100, "image/jpeg")
LIST = ("invoices/2025/list.csv", b"a;b\n1;2\n", "text/csv")
SENT = {"what": "Paper clips vanish."}
ADD = {ATTACH: "yes"}


def listed(page: Page) -> list[str]:
    """The paths of the files that the page carries."""
    rows = page.all("class", "files__file")
    return [found.text or "" for row in rows if (found := row.find("span/bdi")) is not None]


def add(client: Client, page: Page, *files: tuple[str, bytes, str], **more: str) -> Page:
    """Press the button that adds files."""
    return client.submit(page, "/report", SENT, tampered={**ADD, **more}, files=files)


def test_a_report_arrives_with_its_files(client: Client, office: Office) -> None:
    page = client.submit(client.get("/en/report"), "/report", SENT, files=[PHOTO, LIST])

    assert len(code_on(page).split()) == 10
    assert office.files() == {PHOTO[0]: PHOTO[1], LIST[0]: LIST[1]}
    assert office.pending_files() == 0


def test_files_added_one_by_one_are_sent_together(client: Client, office: Office) -> None:
    first = add(client, client.get("/en/report"), PHOTO)
    assert (first.status, listed(first)) == (200, [PHOTO[0]])
    assert first.value("what") == SENT["what"]
    second = add(client, first, LIST)
    assert listed(second) == [PHOTO[0], LIST[0]]

    client.submit(second, "/report", SENT)

    assert office.files() == {PHOTO[0]: PHOTO[1], LIST[0]: LIST[1]}


def test_an_answer_that_is_missing_costs_no_file(client: Client, office: Office) -> None:
    page = client.submit(client.get("/en/report"), "/report", {"what": ""}, files=[PHOTO])
    assert (page.status, listed(page)) == (422, [PHOTO[0]])

    client.submit(page, "/report", SENT)

    assert list(office.files()) == [PHOTO[0]]


def test_a_file_can_be_taken_off_again(client: Client, office: Office) -> None:
    page = add(client, client.get("/en/report"), PHOTO, LIST)
    (first, _) = page.all("name", DROP)

    page = add(client, page, **{DROP: first.get("value", "")})

    assert listed(page) == [LIST[0]]
    client.submit(page, "/report", SENT)
    assert list(office.files()) == [LIST[0]]
    assert office.pending_files() == 0


def test_what_a_page_carries_is_good_for_one_report(client: Client, office: Office) -> None:
    page = add(client, client.get("/en/report"), PHOTO)
    client.submit(page, "/report", SENT)

    # Another report from a copy of the same page: its files are of the first.
    again = client.submit(
        page, "/report", SENT, tampered={"draft": client.get("/en/report").value("draft")}
    )

    assert again.status == 409
    assert "waited for too long" in again.text
    assert listed(again) == []
    assert list(office.files()) == [PHOTO[0]]


def test_what_a_stranger_made_up_carries_nothing(client: Client, office: Office) -> None:
    page = client.submit(client.get("/en/report"), "/report", SENT, tampered={"held": "AAAA"})

    assert len(code_on(page).split()) == 10
    assert office.files() == {}


def test_a_thousand_files_to_clean_wait_once_for_their_turn_and_no_longer(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspecting, "TURN_SECONDS", 0.5)
    page, files = (
        client.get("/en/report"),
        [(f"{number}.txt", b"x", "text/plain") for number in range(20)],
    )
    with Inspector() as one, Inspector() as other:
        for each in (one, other):
            each.look([b"x"], 1, "x.txt")
        begun = monotonic()
        page = add(client, page, *files, clean="yes")

    assert monotonic() - begun < 5
    assert page.text.count("Too many files are being cleaned right now.") == len(files)


def test_cleaning_ends_before_a_proxy_gives_the_answer_up(
    client: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "CLEANING_SECONDS", -1.0)

    page = add(client, client.get("/en/report"), LIST, clean="yes")

    assert listed(page) == [LIST[0]]
    assert "Too many files are being cleaned right now." in page.text
    assert office.pending_files() == 1
