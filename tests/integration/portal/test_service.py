"""A public service opens what it was asked, answers once, and nothing else opens for it."""

from collections import Counter

import pytest
from flask import Flask

from crypto.receipt import ReceiptCode
from tests.integration.portal.test_portal_costs import counted
from tests.support.consulting import Consulting, consulting, new_words
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import code_on, open_mailbox, send_report

WRONG = "Nothing opens here with these ten words"
SENT = "Your answer was sent"


class Asked:
    """A question that has left the office, with its link and its words."""

    def __init__(self, ours: Consulting) -> None:
        self.ours = ours
        self.id = ours.prepare()
        self.words: ReceiptCode = new_words()
        ours.release(self.id, words=self.words)

    @property
    def path(self) -> str:
        """The link below the portal's address."""
        return f"/en/service/{self.id.hex()}"

    def open(self, client: Client, words: str | None = None) -> Page:
        """Type the words on the page of the link."""
        return client.submit(
            client.get(self.path), "/open", words=self.words.text if words is None else words
        )

    def answer(self) -> str | None:
        """What the office reads."""
        given = self.ours.held(self.id)[1]
        return given.text if given else None


@pytest.fixture
def asked(office: Office) -> Asked:
    return Asked(consulting(office))


def test_the_words_open_the_question_and_nothing_more(client: Client, asked: Asked) -> None:
    page = asked.open(client)

    assert [hop.status_code for hop in page.hops] == [303]
    assert "Please send us the list of suppliers." in page.text
    assert "23 December 2026" in page.text
    assert "Invoices for work that nobody did" not in page.source
    assert asked.words.text not in page.source


def test_no_cookie_is_set_before_the_form_needs_one(client: Client, asked: Asked) -> None:
    client.get("/en/")
    assert client.cookie is None

    page = client.get(asked.path)

    assert page.heading == "A question to your service"
    assert "suppliers" not in page.source
    assert client.cookie


def test_signing_in_gives_the_browser_a_new_token(client: Client, asked: Asked) -> None:
    client.get(asked.path)
    before = client.cookie

    asked.open(client)

    assert client.cookie != before


def test_an_address_that_cannot_be_one_does_not_exist(client: Client) -> None:
    for path in ("/en/service/1234", f"/en/service/{'x' * 32}"):
        assert client.get(path).status == 404


@on_both_databases
def test_the_answer_is_read_before_it_is_sent_and_arrives_as_shown(
    client: Client, asked: Asked
) -> None:
    text = "We have no such list.\n\n<b>Signed</b>"

    preview = client.submit(asked.open(client), "/preview", text=text)
    assert "This is exactly what the office will read." in preview.text
    assert asked.answer() is None
    sent = client.submit(preview, "/answer")

    assert sent.heading == SENT
    assert asked.answer() == text
    assert "We have no such list" not in sent.source


def test_an_answer_can_be_changed_in_the_preview(client: Client, asked: Asked) -> None:
    first = client.submit(asked.open(client), "/preview", text="First try.")
    changed = client.submit(first, "/preview", text="Second try.")

    client.submit(changed, "/answer")

    assert asked.answer() == "Second try."


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_answer_is_asked_for_again(client: Client, asked: Asked, text: str) -> None:
    page = client.submit(asked.open(client), "/preview", text=text)

    assert page.status == 422
    assert set(page.errors()) == {"text"}


def test_an_answer_that_is_too_long_comes_back_whole(client: Client, asked: Asked) -> None:
    text = "long " * 4001

    page = client.submit(asked.open(client), "/preview", text=text)

    assert page.status == 422
    assert page.value("text").strip() == text.strip()


@on_both_databases
def test_the_button_pressed_twice_sends_one_answer(client: Client, asked: Asked) -> None:
    preview = client.submit(asked.open(client), "/preview", text="Once.")

    pages = [client.submit(preview, "/answer") for _ in range(2)]

    assert [page.heading for page in pages] == [SENT, SENT]
    assert asked.answer() == "Once."


@on_both_databases
def test_a_second_tab_and_a_second_person_come_too_late(
    portal: Flask, client: Client, asked: Asked
) -> None:
    colleague = Client(portal)
    theirs = colleague.submit(asked.open(colleague), "/preview", text="Ours is better.")
    here = client.submit(asked.open(client), "/preview", text="First.")
    client.submit(here, "/answer")

    late = colleague.submit(theirs, "/answer")

    assert late.status == 403
    assert "Ours is better." in late.text
    assert asked.answer() == "First."
    assert WRONG in asked.open(colleague).text


def test_after_the_answer_the_page_shows_nothing_of_it(client: Client, asked: Asked) -> None:
    client.submit(client.submit(asked.open(client), "/preview", text="Kept secret."), "/answer")

    page = client.get(asked.path)

    assert page.heading == SENT
    for gone in ("Kept secret.", "suppliers"):
        assert gone not in page.source


def test_leaving_ends_the_session(client: Client, asked: Asked) -> None:
    left = client.submit(asked.open(client), "/leave")

    assert left.response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get(asked.path).heading == "A question to your service"


def test_an_idle_page_closes_and_keeps_what_was_typed(
    client: Client, asked: Asked, clock: FixedClock
) -> None:
    page = asked.open(client)
    clock.advance(minutes=31)

    ended = client.submit(page, "/preview", text="An hour of typing.")

    assert ended.status == 403
    assert "An hour of typing." in ended.text
    assert asked.open(client).status == 200


def test_looking_at_an_answer_counts_as_use(
    client: Client, asked: Asked, clock: FixedClock
) -> None:
    page = asked.open(client)
    for _ in range(2):
        clock.advance(minutes=29)
        page = client.submit(page, "/preview", text="Still typing.")

    assert client.submit(page, "/answer").heading == SENT


def test_an_outdated_page_is_shown_again_with_what_was_typed(client: Client, asked: Asked) -> None:
    page = asked.open(client)

    again = client.submit(page, "/preview", text="Kept.", tampered={"csrf_token": "old"})

    assert again.status == 400
    assert again.value("text").strip() == "Kept."


def test_a_withdrawn_question_closes_under_the_reader(client: Client, asked: Asked) -> None:
    page = asked.open(client)
    asked.ours.withdraw(asked.id)

    late = client.submit(page, "/preview", text="Too late.")

    assert late.status == 403
    assert "Too late." in late.text
    assert "suppliers" not in late.source


def test_a_mailbox_opens_no_question_and_the_words_no_mailbox(portal: Flask, asked: Asked) -> None:
    reporter, service = Client(portal), Client(portal)
    code = code_on(send_report(reporter))
    open_mailbox(reporter, code)
    asked.open(service)

    assert reporter.get(asked.path).heading == "A question to your service"
    assert WRONG in asked.open(reporter, code).text
    assert service.get("/en/mailbox").heading == "Open your mailbox"
    assert "No mailbox opens" in open_mailbox(service, asked.words.text).text


@on_both_databases
def test_right_wrong_unknown_and_finished_cost_the_same(
    portal: Flask, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = asked.ours
    withdrawn, answered, unknown = Asked(ours), Asked(ours), Asked(ours)
    ours.withdraw(withdrawn.id)
    ours.record_answer(answered.id)
    unknown.id = bytes(16)
    wrong = " ".join(reversed(asked.words.text.split()))

    costs: list[Counter[str]] = []
    for each, words in (
        (asked, None),
        (asked, wrong),
        (withdrawn, None),
        (answered, None),
        (unknown, None),
    ):
        client = Client(portal)
        page = client.get(each.path)
        client.follows = False
        with counted(monkeypatch) as counts:
            client.submit(page, "/open", words=words or each.words.text)
        costs.append(counts)

    assert costs[0]["argon2id"] == 1
    assert any("INTO mailbox_session" in what for what in costs[0])
    assert all(cost == costs[0] for cost in costs)


def test_answers_to_words_that_open_nothing_differ_in_nothing(portal: Flask, asked: Asked) -> None:
    withdrawn = Asked(asked.ours)
    asked.ours.withdraw(withdrawn.id)
    answers = []
    for each, words in ((asked, "wrong"), (withdrawn, "right")):
        typed = each.words.text.split()
        page = each.open(Client(portal), " ".join(typed if words == "right" else typed[::-1]))
        source = page.source.replace(page.value("words"), "WORDS").replace(each.id.hex(), "ID")
        source = source.replace(page.value("csrf_token"), "TOKEN")
        headers = [pair for pair in page.response.headers if pair[0] != "Content-Length"]
        answers.append((page.status, source, headers))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("typed", ["only three words", "", "qqqxz " * 10])
def test_a_text_that_cannot_be_the_words_is_named_as_such(
    client: Client, asked: Asked, typed: str
) -> None:
    page = asked.open(client, typed)

    assert page.status == 422
    assert set(page.errors()) == {"words"}
    assert WRONG not in page.text
