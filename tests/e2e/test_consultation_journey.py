"""A public service is asked about a report, and answers without an account or a script."""

import secrets

from playwright.sync_api import Page

from tests.e2e.conftest import People
from tests.support.pages import ConsolePages, PortalPages, fill, submit, words_of

ASKED = "Please send us the list of suppliers of the last three years."
ANSWERED = "We have no such list.\nThe invoices are kept at the depot."


def test_an_investigator_asks_the_head_releases_and_the_service_answers(
    people: People, scripts: bool
) -> None:
    title = f"Crates that nobody ordered {secrets.token_hex(4)}."
    reporter = people.visitor(scripts=scripts)
    reporter.send_report(what=title)
    investigator = people.colleague("ingrid", scripts=scripts)
    _accepted(investigator, title)

    question = _prepared(investigator)
    assert "Waiting for its release" in words_of(investigator.page)
    assert not investigator.form("/release").count()

    head = people.colleague("hilde", scripts=scripts)
    words, link = _released(head, question)

    service = people.visitor("fr", scripts=scripts)
    _read_and_answered(service, link, words, title)

    investigator.page.goto(question)
    assert "Answered" in words_of(investigator.page)
    assert "The invoices are kept at the depot." in words_of(investigator.page)


def _accepted(investigator: ConsolePages, title: str) -> None:
    investigator.open_case(title)
    investigator.step("acknowledge", "We registered your report.")
    investigator.to_the_way_of_a_report()
    investigator.step("accept_external", "We examine your report.")


def _prepared(investigator: ConsolePages) -> str:
    """Prepare a question; gives the address of its page."""
    page = investigator.page
    page.locator('a[href$="/consultations"]').first.click()
    page.locator('main a[href$="/consultations/prepare"]').click()
    choices = investigator.form("/prepare/text")
    fill(choices, {"kind": "documents", "service": "actiris", "language": "fr", "way": "link"})
    assert submit(choices).status == 200, words_of(page)
    text = investigator.form("/consultations/prepare")
    assert "[…" in text.locator("[name=text]").input_value()
    fill(text, {"text": ASKED, "marked": "depot"})
    assert submit(text).status == 200, words_of(page)
    return _without_query(page)


def _released(head: ConsolePages, question: str) -> tuple[str, str]:
    """Release the question; gives its ten words and the path of its link."""
    head.page.goto(question)
    assert ASKED in words_of(head.page)
    assert submit(head.form("/release")).status == 200
    words = " ".join(head.page.locator("[data-consultation-words] li").all_text_contents())
    link = head.page.locator("[data-consultation-link]").inner_text()
    head.page.goto(question)
    assert words not in words_of(head.page)
    return words, "/service/" + link.rsplit("/", 1)[1]


def _read_and_answered(service: PortalPages, link: str, words: str, title: str) -> None:
    service.go(link)
    door = service.form(f"{link}/open")
    fill(door, {"words": " ".join(reversed(words.split()))})
    assert submit(door).status == 422
    fill(door, {"words": words.upper()})
    assert submit(door).status == 200
    seen = words_of(service.page)
    assert ASKED in seen
    assert title not in seen

    fill(service.form(f"{link}/preview"), {"text": ANSWERED})
    assert submit(service.form(f"{link}/preview")).status == 200
    assert service.page.locator("main .written").first.inner_text() == ANSWERED
    assert submit(service.form(f"{link}/answer")).status == 200
    assert ASKED not in words_of(service.page)

    assert submit(service.form(f"{link}/leave")).status == 200
    service.go(link)
    fill(service.form(f"{link}/open"), {"words": words})
    assert submit(service.form(f"{link}/open")).status == 422


def _without_query(page: Page) -> str:
    return page.url.split("?")[0].split("#")[0]
