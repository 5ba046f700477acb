"""A form that arrives twice gives one case and one receipt code, whatever the reason."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from tests.support.databases import on_both_databases
from tests.support.html import Client, Form, Page
from tests.support.office import Office
from tests.support.portal_steps import code_on, open_mailbox, send_report

AGAIN = "You had already sent this"
DIFFERENT = "in another version"


def filled(client: Client, path: str, **answers: str) -> tuple[Form, dict[str, str]]:
    """A form as the browser would send it, to be sent more than once."""
    form = client.get(f"/en{path}").form(path)
    return form, form.filled(answers).to_dict()


@on_both_databases
def test_the_same_page_sent_again_shows_the_same_code_and_makes_no_second_case(client, office):
    form, answers = filled(client, "/report", what="Once")

    first = client.post(form.action, answers)
    second = client.post(form.action, answers)

    assert code_on(first) == code_on(second)
    assert AGAIN not in first.text
    assert AGAIN in second.text
    assert DIFFERENT not in second.text
    assert len(office.facts()) == 1


def test_going_back_and_changing_the_text_keeps_the_first_version_and_shows_the_second(
    client, office
):
    form, answers = filled(client, "/report", what="First version")
    first = client.post(form.action, answers)

    second = client.post(form.action, {**answers, "what": "Second version\nwith more"})

    assert code_on(first) == code_on(second)
    assert DIFFERENT in second.text
    assert "Second version with more" in second.text
    assert [facts.what for facts in office.facts()] == ["First version"]


def test_the_second_version_of_a_complaint_is_shown_too(client, office):
    page = client.get("/en/complaint")
    form = page.form("/complaint")
    answers = {
        "authority": "unknown",
        "problem": "First",
        "facts_on-day": "1",
        "facts_on-month": "2",
        "facts_on-year": "2026",
        "contacted_first": "no",
        "name": "Ada",
        "email": "ada@example.org",
    }
    client.post(form.action, form.filled(answers))

    second = client.post(form.action, form.filled({**answers, "hopes": "Only said later"}))

    assert DIFFERENT in second.text
    assert "Only said later" in second.text
    assert len(office.facts()) == 1


def test_two_people_and_two_pages_are_two_cases(portal, office):
    one, other = Client(portal), Client(portal)

    codes = {code_on(send_report(one)), code_on(send_report(one)), code_on(send_report(other))}

    assert len(codes) == 3
    assert len(office.facts()) == 3


@on_both_databases
def test_a_double_click_in_two_threads_gives_one_case_and_the_same_code(
    portal: Flask, office: Office
):
    client = Client(portal)
    form, answers = filled(client, "/report", what="At once")
    together = Barrier(2)

    def press(browser: Client) -> Page:
        together.wait(timeout=10)
        return browser.post(form.action, answers)

    with ThreadPoolExecutor(2) as threads:
        pages = list(threads.map(press, [client.twin(), client.twin()]))

    assert [page.status for page in pages] == [200, 200]
    assert len({code_on(page) for page in pages}) == 1
    assert sorted(AGAIN in page.text for page in pages) == [False, True]
    assert len(office.facts()) == 1


@on_both_databases
def test_a_double_click_on_send_in_the_mailbox_is_one_message(portal: Flask, office: Office):
    client = Client(portal)
    page = open_mailbox(client, code_on(send_report(client)))
    form = page.form("/mailbox/message")
    answers = form.filled({"text": "Only once"})
    together = Barrier(2)

    def press(browser: Client) -> Page:
        together.wait(timeout=10)
        return browser.post(form.action, answers)

    with ThreadPoolExecutor(2) as threads:
        pages = list(threads.map(press, [client.twin(), client.twin()]))

    assert [page.status for page in pages] == [200, 200]
    assert client.get("/en/mailbox").text.count("Only once") == 1


def test_the_same_words_can_be_sent_again_later(client):
    page = open_mailbox(client, code_on(send_report(client)))

    page = client.submit(page, "/mailbox/message", text="Any news?")
    page = client.submit(page, "/mailbox/message", text="Any news?")

    assert page.text.count("Any news?") == 2


def test_once_the_code_is_kept_the_old_page_no_longer_shows_it(client, office):
    form, answers = filled(client, "/report", what="Kept")
    first = client.post(form.action, answers)
    client.submit(first, "/receipt/kept", kept="y")

    again = client.post(form.action, answers)

    assert again.status == 400
    assert code_on(first) not in again.source
    assert again.all("data-receipt-code") == []
    assert len(office.facts()) == 1
