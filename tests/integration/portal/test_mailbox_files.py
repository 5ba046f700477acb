"""Files of the mailbox: sent with a message, fetched again, and nobody else's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any
from wsgiref.types import StartResponse, WSGIApplication

import pytest
from flask import Flask

from portal.application import create_portal
from tests.support.html import Client, Page, text_of
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import (
    add_files,
    code_on,
    listed_files,
    open_mailbox,
    send_complaint,
    send_report,
    write,
)
from web.settings import Audience, Limits

PHOTO = ("photo.jpg", b"a picture" * 100, "image/jpeg")
LIST = ("invoices/2025/list.csv", b"a;b\n1;2\n", "text/csv")
FORM = "/mailbox/message"


@pytest.fixture
def mailbox(client: Client) -> Page:
    """An open mailbox of a report that came without files."""
    return open_mailbox(client, code_on(send_report(client)))


def fetched(client: Client, page: Page) -> dict[str, bytes]:
    """Every file that the page of a mailbox links to, by the words of its link."""
    links = [link for row in page.all("class", "files__file") for link in row.iter("a")]
    return {text_of(link): client.get(link.get("href", "")).response.data for link in links}


def test_what_she_sent_with_her_report_is_in_her_mailbox(client: Client) -> None:
    sent = client.submit(
        client.get("/en/report"), "/report", {"what": "Clips."}, files=[PHOTO, LIST]
    )

    page = open_mailbox(client, code_on(sent))

    assert fetched(client, page) == {PHOTO[0]: PHOTO[1], LIST[0]: LIST[1]}


def test_a_message_arrives_with_its_files(client: Client, office: Office, mailbox: Page) -> None:
    page = write(client, mailbox, "Look at these.", files=[PHOTO, LIST])

    assert "Your message was sent" in text_of(page.one("role", "status"))
    assert office.files() == {PHOTO[0]: PHOTO[1], LIST[0]: LIST[1]}
    assert fetched(client, page) == office.files()
    assert office.pending_files() == 0


def test_files_alone_are_a_message_and_nothing_at_all_is_none(
    client: Client, office: Office, mailbox: Page
) -> None:
    refused = write(client, mailbox, "")
    assert refused.errors() == {"text": "Type your message, or add a file."}

    page = write(client, refused, "", files=[PHOTO])

    assert "Your message was sent" in page.text
    assert list(office.files()) == [PHOTO[0]]


def test_files_added_before_go_with_the_message(
    client: Client, office: Office, mailbox: Page
) -> None:
    page = add_files(client, mailbox, FORM, PHOTO, text="More follows.")
    assert (page.status, listed_files(page)) == (200, [PHOTO[0]])
    assert page.value("text") == "More follows."
    page = client.submit(page, FORM, text="", files=[LIST])

    assert "Your message was sent" in page.text
    assert list(office.files()) == [PHOTO[0], LIST[0]]


def test_the_same_message_with_other_files_is_another_message(
    client: Client, office: Office, mailbox: Page
) -> None:
    write(client, mailbox, "Look at this.", files=[PHOTO])
    write(client, mailbox, "Look at this.", files=[PHOTO])
    assert list(office.files()) == [PHOTO[0]]
    assert office.pending_files() == 0

    write(client, mailbox, "Look at this.", files=[LIST])

    assert list(office.files()) == [PHOTO[0], LIST[0]]


def test_a_page_with_files_sent_twice_is_one_message(
    client: Client, office: Office, mailbox: Page
) -> None:
    page = add_files(client, mailbox, FORM, PHOTO)

    for _ in range(2):
        assert "Your message was sent" in client.submit(page, FORM).text

    assert list(office.files()) == [PHOTO[0]]


def test_a_file_opens_for_whoever_has_it_in_her_own_mailbox(
    portal: Flask, client: Client, mailbox: Page
) -> None:
    page = write(client, mailbox, "", files=[PHOTO])
    (link,) = [link for row in page.all("class", "files__file") for link in row.iter("a")]
    address = link.get("href", "")

    other = Client(portal)
    assert "Open your mailbox" in other.get(address).text
    open_mailbox(other, code_on(send_complaint(other)))
    assert other.get(address).status == 404
    for nothing in ("0" * 32, "x" * 32, "../../../etc/passwd"):
        assert client.get(f"/en/mailbox/file/{nothing}").status == 404


def test_what_the_office_sends_is_fetched_in_parts_as_well(
    client: Client, office: Office, mailbox: Page
) -> None:
    write(client, mailbox, "", files=[LIST])
    page = client.get("/en/mailbox")
    (link,) = [link for row in page.all("class", "files__file") for link in row.iter("a")]

    part = client.get(link.get("href", ""), headers={"Range": "bytes=4-6"})

    assert part.status == 206
    assert part.response.data == LIST[1][4:7]
    disposition = part.response.headers["Content-Disposition"]
    assert disposition == "attachment; filename*=UTF-8''list.csv"


@dataclass
class SlowLine:
    """A line on which the clock moves on while a form arrives."""

    app: WSGIApplication
    clock: FixedClock
    minutes: float = 0

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            environ["wsgi.input"] = _Slow(environ["wsgi.input"], self)
        return self.app(environ, start_response)


@dataclass
class _Slow:
    stream: IO[bytes]
    line: SlowLine

    def read(self, size: int = -1) -> bytes:
        self.line.clock.advance(minutes=self.line.minutes)
        self.line.minutes = 0
        return self.stream.read(size)


@pytest.fixture
def line(portal: Flask, clock: FixedClock) -> SlowLine:
    line = SlowLine(portal.wsgi_app, clock)
    portal.wsgi_app = line  # type: ignore[method-assign]  # as Flask's documentation has it
    return line


def test_what_takes_longer_than_the_session_may_finish_and_counts_as_use(
    client: Client, office: Office, clock: FixedClock, mailbox: Page, line: SlowLine
) -> None:
    clock.advance(minutes=20)
    line.minutes = 50

    page = write(client, mailbox, "It took long.", files=[PHOTO])

    assert "Your message was sent" in page.text
    assert page.heading.startswith("Your mailbox")
    assert list(office.files()) == [PHOTO[0]]
    clock.advance(minutes=29)
    assert client.get("/en/mailbox").heading.startswith("Your mailbox")


def test_adding_files_counts_as_use(
    client: Client, clock: FixedClock, mailbox: Page, line: SlowLine
) -> None:
    line.minutes = 50
    page = add_files(client, mailbox, FORM, PHOTO)
    assert listed_files(page) == [PHOTO[0]]

    clock.advance(minutes=29)

    assert "Your message was sent" in client.submit(page, FORM).text


def test_a_mailbox_that_closed_while_its_message_arrived_says_that_it_was_sent(
    client: Client, office: Office, mailbox: Page, line: SlowLine
) -> None:
    line.minutes = 125

    page = write(client, mailbox, "It took long.", files=[PHOTO])

    assert page.heading == "Open your mailbox"
    assert "Your message was sent" in page.text
    assert list(office.files()) == [PHOTO[0]]


def test_a_session_that_ended_keeps_the_words_and_says_that_the_files_are_gone(
    client: Client, office: Office, clock: FixedClock, mailbox: Page
) -> None:
    clock.advance(minutes=31)

    page = write(client, mailbox, "Look at this.", files=[PHOTO])

    assert page.status == 403
    assert "Look at this." in page.text
    assert "Your files were not kept" in page.text
    assert office.pending_files() == 0
    assert "Your files were not kept" not in write(client, mailbox, "Without any.").text


def test_files_that_are_too_large_cost_neither_words_nor_earlier_files(office: Office) -> None:
    client = Client(create_portal(office.services(Audience.PORTAL, Limits(file=len(PHOTO[1])))))
    page = open_mailbox(client, code_on(send_report(client)))
    page = add_files(client, page, FORM, LIST)

    page = write(client, page, "Look.", files=[("big.bin", PHOTO[1] + b"!", "")])

    assert page.status == 413
    assert page.heading.startswith("Your mailbox")
    assert page.value("text") == "Look."
    assert listed_files(page) == [LIST[0]]
    client.submit(page, FORM)
    assert list(office.files()) == [LIST[0]]


def test_a_store_that_does_not_answer_costs_neither_words_nor_earlier_files(
    client: Client, office: Office, mailbox: Page
) -> None:
    page = add_files(client, mailbox, FORM, LIST)
    store = office.home / "evidence"
    store.chmod(0o000)
    store.rename(office.home / "elsewhere")
    store.write_bytes(b"not a folder")

    page = write(client, page, "Look.", files=[PHOTO])

    assert page.status == 503
    assert page.heading == "Your message was not sent"
    assert page.value("text") == "Look."
    assert listed_files(page) == [LIST[0]]
    store.unlink()
    (office.home / "elsewhere").rename(store)
    store.chmod(0o700)
    assert "Your message was sent" in client.submit(page, FORM).text
    assert list(office.files()) == [LIST[0]]


def test_files_that_waited_for_too_long_cost_no_words(
    client: Client, office: Office, mailbox: Page
) -> None:
    page = add_files(client, mailbox, FORM, PHOTO)
    client.submit(page, FORM)

    again = client.submit(page, FORM, text="With the same file.")

    assert again.status == 409
    assert again.value("text") == "With the same file."
    assert listed_files(again) == [PHOTO[0]]  # of the first message; the form carries none
    assert again.all("data-files-count") == []
