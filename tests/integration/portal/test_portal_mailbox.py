"""The way back: opening the mailbox, reading, writing, deleting, leaving."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from cases.domain.facts import LONG_TEXT
from cases.domain.flows import Action
from cases.models import MailboxSession
from portal.application import create_portal
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page, text_of
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import code_on, open_mailbox, send_complaint, send_report, write
from web.settings import Audience, Limits

WRONG_BUT_POSSIBLE = "No mailbox opens with these ten words"


@pytest.fixture
def code(portal: Flask) -> str:
    """The receipt code of a report that somebody sent from another browser."""
    return code_on(send_report(Client(portal)))


@pytest.fixture
def mailbox(client: Client, code: str) -> Page:
    """Its mailbox, open in this browser."""
    return open_mailbox(client, code)


def another_code(code: str) -> str:
    """Ten real words that open nothing: the same ones in another order."""
    return " ".join(reversed(code.split()))


@on_both_databases
def test_the_code_opens_the_mailbox_with_state_date_and_what_was_sent(mailbox):
    assert [hop.status_code for hop in mailbox.hops] == [303]
    assert "Received" in mailbox.text
    assert mailbox.one("datetime", "2026-11-30") is not None
    assert "Paper clips vanish." in mailbox.text


@pytest.mark.parametrize(
    "spelled",
    [
        str.upper,
        lambda code: code.replace(" ", "-"),
        lambda code: "  " + code.replace(" ", ",   "),
        lambda code: "\n".join(code.split()),
        lambda code: " ".join(f"{n}. {word}" for n, word in enumerate(code.split(), 1)),
    ],
)
def test_the_code_opens_however_it_is_spelled(client, code, spelled):
    assert open_mailbox(client, spelled(code)).heading == "Your mailbox"


@pytest.mark.parametrize(("sent_in", "back_in"), [("nl", "fr"), ("de", "en"), ("fr", "nl")])
def test_the_code_opens_on_a_page_in_another_language(portal, sent_in, back_in):
    code = code_on(send_report(Client(portal, sent_in)))

    page = open_mailbox(Client(portal, back_in), code)

    assert [hop.status_code for hop in page.hops] == [303]


def test_signing_in_gives_the_browser_a_new_token(client, code):
    form = client.get("/en/mailbox")
    before = client.cookie

    client.submit(form, "/mailbox/open", code=code)

    assert before
    assert client.cookie != before


def test_a_wrong_code_gets_the_same_page_every_time_and_keeps_what_was_typed(client, code):
    wrong = another_code(code)

    pages = [open_mailbox(client, wrong) for _ in range(3)]

    assert {page.status for page in pages} == {422}
    assert all(WRONG_BUT_POSSIBLE in page.errors()["code"] for page in pages)
    assert {page.value("code") for page in pages} == {wrong}
    assert client.get("/en/mailbox").heading == "Open your mailbox"


def test_a_word_in_no_list_is_named_with_its_place_whether_the_code_exists_or_not(client, code):
    words = code.split()
    near = " ".join([*words[:6], "qqqxz", *words[7:]])
    far = " ".join([*reversed(words[4:]), "qqqxz", *words[:3]])

    messages = [open_mailbox(client, typed).errors()["code"] for typed in (near, far)]

    assert (
        messages == ["Word 7, “qqqxz”, is in none of our word lists. Check how it is spelled."] * 2
    )


@pytest.mark.parametrize("count", [1, 9, 11, 25])
def test_a_wrong_number_of_words_says_how_many_were_read(client, code, count):
    typed = " ".join((code.split() * 3)[:count])

    page = open_mailbox(client, typed)

    assert page.errors()["code"] == f"A receipt code has ten words. You typed {count}."
    assert page.value("code") == typed


def test_nothing_typed_is_said(client):
    assert "ten words" in open_mailbox(client, "").errors()["code"]


@on_both_databases
def test_the_answer_to_a_wrong_code_is_that_to_a_right_one(portal, code):
    """To whoever watches the line, or the clock: only the page that comes next tells them apart."""
    answers, cookies = [], []
    for typed in (code, another_code(code)):
        client = Client(portal)
        client.follows = False
        response = open_mailbox(client, typed).response
        headers = [pair for pair in response.headers if pair[0] != "Set-Cookie"]
        answers.append((response.status, headers, response.data))
        cookies += [len(each) for each in response.headers.getlist("Set-Cookie")]

    assert answers[0] == answers[1]
    assert answers[0][0] == "303 SEE OTHER"
    assert len(cookies) == 2
    assert cookies[0] == cookies[1]


def test_what_a_wrong_code_leaves_behind_looks_like_any_session(portal, office, code):
    for typed in (code, another_code(code), another_code(code)[:30] + "x" * 200):
        open_mailbox(Client(portal), typed)

    with office.database.reading() as session:
        sizes = {len(row.sealed) for row in session.scalars(select(MailboxSession))}
    assert len(sizes) == 1


def test_a_wrong_code_is_given_back_to_the_page_that_comes_next_and_not_for_long(
    client, clock, code
):
    wrong = another_code(code)
    assert open_mailbox(client, wrong).value("code") == wrong

    # The page of a question is another door.
    assert wrong not in client.get(f"/en/service/{'0' * 32}").source
    clock.advance(minutes=2)

    later = client.get("/en/mailbox")
    assert later.status == 200
    assert later.value("code") == ""


def test_when_many_sign_in_at_once_the_rest_wait_and_the_code_is_kept(office, code):
    limits = Limits(derivations=1, derivations_waiting=0, derivation_wait_seconds=0.01)
    services = office.services(Audience.PORTAL, limits)
    client = Client(create_portal(services))

    with services.kdf_gate.place():
        page = open_mailbox(client, code)
    assert page.status == 503
    assert page.response.headers["Retry-After"] == "15"
    assert page.value("code") == code
    page = client.submit(page, "/mailbox/open")

    assert page.heading == "Your mailbox"


@on_both_databases
def test_the_answer_of_the_office_is_read_and_replied_to(client, office, mailbox):
    office.act(Action.ACKNOWLEDGE, "We read it, thank you.")

    page = client.get("/en/mailbox")
    assert "We read it, thank you." in page.text
    assert "Being assessed" in page.text
    assert "SI.2026.0001" in page.heading
    page = write(client, page, "Here is more.\n\nAnd more.")

    assert "Your message was sent" in text_of(page.one("role", "status"))
    assert "Here is more. And more." in page.text


def test_a_question_is_marked_as_one(client, mailbox):
    page = write(client, mailbox, "When do I hear from you?", kind="question")

    assert "You: Question" in page.text


def test_a_complaint_has_its_own_states_and_clocks(portal, office):
    client = Client(portal)
    page = open_mailbox(client, code_on(send_complaint(client)))
    assert "Your complaint is with us" in page.text
    office.act(Action.ACKNOWLEDGE, "Thank you.")

    page = client.get("/en/mailbox")

    assert "OM.2026.0001" in page.heading
    assert "checking whether we can examine" in page.text


def test_a_date_that_has_passed_is_admitted(client, clock, code):
    clock.advance(days=10)

    page = open_mailbox(client, code)

    assert "We are late and we are sorry" in page.text


@pytest.mark.parametrize("typed", ["", "   \r\n ", "x" * (LONG_TEXT + 3)])
def test_an_empty_or_over_long_message_is_kept_and_named(client, mailbox, typed):
    page = write(client, mailbox, typed)

    assert page.status == 422
    assert list(page.errors()) == ["text"]
    assert page.value("text").strip() == typed.strip()


def test_what_was_written_is_shown_as_text_not_as_markup(client, mailbox):
    page = write(client, mailbox, "<script>alert(1)</script> & <b>bold</b>")

    assert "<script>alert(1)</script> & <b>bold</b>" in page.text


@on_both_databases
def test_the_mailbox_closes_after_thirty_idle_minutes(client, clock, mailbox):
    clock.advance(minutes=31)

    page = client.get("/en/mailbox")

    assert page.heading == "Open your mailbox"
    assert "closes 30 minutes" in text_of(page.one("role", "status"))


def test_writing_keeps_the_mailbox_open_but_two_hours_are_the_end(client, clock, mailbox):
    page = mailbox
    for number in range(5):
        clock.advance(minutes=23)
        page = write(client, page, f"Message {number}")
        assert page.heading == "Your mailbox"
    clock.advance(minutes=6)

    assert client.get("/en/mailbox").heading == "Open your mailbox"


def test_a_message_written_in_a_mailbox_that_closed_meanwhile_is_shown_to_be_copied(
    client, clock, mailbox
):
    clock.advance(minutes=31)

    page = write(client, mailbox, "A long story\nthat took an hour")

    assert page.status == 403
    assert page.heading == "Open your mailbox"
    assert "A long story that took an hour" in page.text


def test_a_message_from_an_outdated_page_is_kept_in_the_form(client, mailbox):
    page = client.submit(
        mailbox, "/mailbox/message", text="Not lost", tampered={"csrf_token": "old"}
    )

    assert page.status == 400
    assert page.heading == "Your mailbox"
    assert page.value("text") == "Not lost"
    page = client.submit(page, "/mailbox/message")
    assert page.status == 200
    assert "Not lost" in page.text


def test_a_message_sent_after_the_browser_lost_its_cookie_is_shown_to_be_copied(client, mailbox):
    client.forget_cookies()

    page = write(client, mailbox, "Not lost")

    assert page.status == 400
    assert "Not lost" in page.text


def test_another_site_cannot_write_delete_or_close(client, office, mailbox):
    for action in ("/mailbox/message", "/mailbox/leave"):
        fields = {"text": "Planted"} if action.endswith("message") else {}
        page = client.submit(mailbox, action, headers={"Sec-Fetch-Site": "same-site"}, **fields)
        assert page.status == 403
        assert "Planted" not in page.source
    confirm = client.get("/en/mailbox/delete")
    client.submit(confirm, "/mailbox/delete", headers={"Sec-Fetch-Site": "none"})

    assert client.get("/en/mailbox").heading == "Your mailbox"


@pytest.mark.parametrize("path", ["/mailbox/open", "/mailbox/message", "/mailbox/leave"])
def test_nothing_is_done_without_a_csrf_token(client, office, mailbox, path):
    cookie = client.cookie

    page = client.post(f"/en{path}", {"code": "x", "text": "Forged"})

    assert page.status in {200, 400}
    with office.database.reading() as session:
        messages = session.execute(text("SELECT count(*) FROM message")).scalar()
    assert messages == 1
    assert cookie


@on_both_databases
def test_leaving_destroys_the_session_and_tells_the_browser_to_forget(client, office, mailbox):
    stolen = client.twin()

    page = client.submit(mailbox, "/mailbox/leave")

    assert page.heading == "You have left the mailbox"
    assert page.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.cookie is None
    assert stolen.get("/en/mailbox").heading == "Open your mailbox"


def test_leaving_after_the_session_ended_is_leaving_too(client, clock, mailbox):
    clock.advance(hours=3)

    assert client.submit(mailbox, "/mailbox/leave").heading == "You have left the mailbox"


@on_both_databases
def test_deleting_asks_first_and_the_code_is_then_a_wrong_one(client, office, code, mailbox):
    confirm = client.get("/en/mailbox/delete")
    assert client.get("/en/mailbox").heading == "Your mailbox"

    page = client.submit(confirm, "/mailbox/delete")

    assert page.heading == "The mailbox is deleted"
    assert client.cookie is None
    page = open_mailbox(client, code)
    assert page.status == 422
    assert WRONG_BUT_POSSIBLE in page.errors()["code"]


def test_the_case_goes_on_after_the_mailbox_is_deleted(client, office, code, mailbox):
    client.submit(client.get("/en/mailbox/delete"), "/mailbox/delete")

    assert [facts.what for facts in office.facts()] == ["Paper clips vanish."]


@pytest.mark.parametrize("path", ["/mailbox/delete"])
def test_pages_of_an_open_mailbox_lead_to_the_sign_in_without_one(client, path):
    page = client.get(f"/en{path}")

    assert page.heading == "Open your mailbox"


@on_both_databases
def test_a_message_that_somebody_deleted_from_the_database_is_announced(
    client: Client, office: Office, clock: FixedClock, mailbox: Page
):
    write(client, mailbox, "First")
    write(client, mailbox, "Second")
    with office.database.writing() as session:
        session.execute(text("DELETE FROM message WHERE position = 2"))

    page = client.get("/en/mailbox")

    assert "Something is wrong with these messages" in text_of(page.one("role", "alert"))
    assert "A message is missing here" in page.text
    assert "Second" in page.text


def test_a_browser_with_a_forged_cookie_is_simply_not_signed_in(client):
    for value in ("A" * 43, "nonsense", ""):
        client.put_cookie("__Host-zegel-portal", value)
        assert client.get("/en/mailbox").heading == "Open your mailbox"
