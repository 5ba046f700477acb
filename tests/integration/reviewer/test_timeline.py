"""The page of a case in days: what happened, where today is, and how far each term has come."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from tests.support.html import Client, Page, text_of
from tests.support.office import FixedClock, Office
from tests.support.staff_steps import case_page, new_case, take_step
from tests.support.submissions import COMPLAINT

Browser = Callable[[str], Client]


def shapes(page: Page) -> list[str]:
    """The kind of each line of the timeline, in order."""
    return [each.attrib["class"].partition("--")[2] for each in lines(page)]


def lines(page: Page) -> list[Element]:
    return page.all("class", "timeline__item")


def test_the_timeline_goes_from_the_first_day_over_today_to_what_is_due(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    clock.advance(days=2)
    client = browser("ingrid")
    take_step(client, case_id, "acknowledge", message="We have it.")
    take_step(client, case_id, "prioritise", {"level": "high"}, reason="The photos may go.")
    clock.advance(days=1)

    page = case_page(browser("ingrid"), case_id)

    assert shapes(page) == ["received", "moved", "step", "today", "due"]
    assert text_of(page.one("aria-current", "date")) == "Today 26 Nov 2026"
    assert text_of(lines(page)[-1]) == "Deadline: Feedback 23 Feb 2027 89 days left"


def test_a_term_that_is_late_stands_before_today(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    clock.advance(days=9)

    page = case_page(browser("ingrid"), case_id)

    assert shapes(page) == ["received", "due", "today", "due"]
    assert "30 Nov 2026 2 days late" in text_of(lines(page)[1])


def test_a_message_stands_in_the_timeline_with_who_wrote_it(
    browser: Browser, office: Office
) -> None:
    client, case_id = browser("ingrid"), new_case(office)
    preview = client.submit(case_page(client, case_id), "/reply/preview", message="Is there more?")
    client.submit(preview, "/reply")

    page = case_page(client, case_id)

    assert shapes(page)[:2] == ["received", "message"]
    assert "Is there more?" not in text_of(page.one("id", "history"))
    assert "Ingrid" in text_of(lines(page)[1])


def test_each_term_says_in_words_what_its_bar_shows(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    clock.advance(days=3)

    terms = text_of(case_page(browser("ingrid"), case_id).one("id", "deadlines"))

    assert "4 days left 3 of 7 days have passed · due on 30 Nov 2026" in terms
    assert "the line is today" in terms


def test_what_is_drawn_is_hidden_from_screen_readers(browser: Browser, office: Office) -> None:
    drawings = case_page(browser("ingrid"), new_case(office)).all("class", "terms__drawing")

    assert len(drawings) == 3
    assert {each.attrib["aria-hidden"] for each in drawings} == {"true"}


def test_a_bar_of_the_inbox_begins_where_its_term_began(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office, facts=COMPLAINT)
    clock.advance(days=2)
    client = browser("ingrid")
    take_step(client, case_id, "acknowledge", message="We have it.")

    inbox = client.get("/en/?view=all")

    # The decision on admissibility is counted from the acknowledgement.
    assert [each.attrib["width"] for each in inbox.all("class", "bar__fill")] == ["0"]
