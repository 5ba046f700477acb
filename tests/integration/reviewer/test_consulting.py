"""A question to a public service in the console: written, looked through, released, answered."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from cases.actions.reference_data import edit
from cases.domain.facts import Facts
from cases.domain.flows import Action
from cases.domain.reference import shipped_tables
from cases.models import Consultation
from crypto.consultation import derive_consultation
from crypto.receipt import read_code
from tests.support.consulting import Consulting, consulting, question
from tests.support.databases import on_both_databases
from tests.support.html import Client, Page, text_of
from tests.support.office import WEAK, Office
from tests.support.submissions import COMPLAINT, REPORT, complaint, report

Browser = Callable[[str], Client]
ASKED = "Please send us the list of suppliers of the last three years."


class Desk:
    """Two colleagues at their browsers, and one case on which a service can be asked."""

    def __init__(self, browser: Browser, office: Office, facts: Facts = REPORT) -> None:
        self.ours: Consulting = consulting(office, facts)
        self.investigator = browser("ingrid")
        self.head = browser("hilde")
        self.path = f"/en/case/{self.ours.scene.case_id.hex()}/consultations"

    def writing(self, **choices: str) -> Page:
        """The page on which the text is written."""
        page = self.investigator.get(f"{self.path}/prepare")
        chosen = {"kind": "documents", "service": "actiris", "language": "en", **choices}
        return self.investigator.submit(page, "/prepare/text", chosen)

    def prepared(self, text: str = ASKED, marked: str = "", **choices: str) -> Page:
        """The page of a question that was prepared."""
        return self.investigator.submit(
            self.writing(**choices), "/prepare", text=text, marked=marked
        )

    def as_head(self, page: Page) -> Page:
        """The same page for the second person."""
        return self.head.get(page.url.split("?")[0])

    def released(self, text: str = ASKED) -> tuple[Page, Page]:
        """The page of a question, and the one that shows its words after the release."""
        page = self.prepared(text)
        return page, self.head.submit(self.as_head(page), "/release")


@pytest.fixture
def desk(browser: Browser, office: Office) -> Desk:
    return Desk(browser, office)


def words_on(page: Page) -> str:
    return text_of(page.one("data-consultation-words"))


def id_in(page: Page) -> bytes:
    return bytes.fromhex(page.url.split("?")[0].rsplit("/", 1)[1])


# Preparing ----------------------------------------------------------------------------------


def test_the_text_starts_from_the_letter_of_that_kind(desk: Desk) -> None:
    page = desk.writing()

    text = page.value("text")
    assert "Actiris" in text
    assert "{reference}" in text
    assert "[…" in text


def test_a_text_with_a_gap_is_not_kept(desk: Desk) -> None:
    page = desk.writing()

    again = desk.investigator.submit(page, "/prepare")

    assert again.status == 422
    assert set(again.errors()) == {"text"}
    assert "Actiris" in again.value("text")


def test_choices_that_miss_something_are_asked_for_again(desk: Desk) -> None:
    page = desk.investigator.get(f"{desk.path}/prepare")
    late = {"due_on-day": "1", "due_on-month": "1", "due_on-year": "2026"}

    again = desk.investigator.submit(
        page, "/prepare/text", {"service": "unknown", "kind": None, **late}
    )

    assert again.status == 422
    assert {"service", "due_on"} < set(again.errors())
    assert len(again.errors()) == 3


def test_another_service_needs_its_name(desk: Desk) -> None:
    page = desk.writing(service="other", service_other="")

    assert page.status == 422
    assert set(page.errors()) == {"service_other"}


def test_a_prepared_question_waits_and_nothing_left_the_office(desk: Desk, office: Office) -> None:
    page = desk.prepared()

    assert "Waiting for its release" in page.text
    assert "Nothing has left the office." in page.text
    with office.database.reading() as session:
        assert session.scalars(select(Consultation)).all() == []


def test_a_question_kept_twice_is_kept_once(desk: Desk) -> None:
    writing = desk.writing()
    desk.investigator.submit(writing, "/prepare", text=ASKED)

    second = desk.investigator.submit(writing, "/prepare", text=ASKED)

    assert second.status == 409
    assert ASKED in second.text
    assert desk.investigator.get(desk.path).text.count("Request for documents") == 1


def test_a_question_can_be_repeated_with_its_text(desk: Desk) -> None:
    page = desk.prepared(marked="the depot")
    again = desk.investigator.get(f"{desk.path}/prepare?again={id_in(page).hex()}")

    writing = desk.investigator.submit(again, "/prepare/text")

    assert writing.value("text").strip() == ASKED
    assert writing.value("marked").strip() == "the depot"


# Looking through ----------------------------------------------------------------------------


def test_what_could_identify_is_marked_in_the_text_and_listed(
    browser: Browser, office: Office
) -> None:
    told = "I counted the crates behind the blue gate on my own every Friday."
    desk = Desk(browser, office, report(what=told))

    page = desk.prepared(
        "Somebody counted the crates behind the blue gate on 3 March. Call Jan Peeters at the "
        "Zandstraat, 0470 12 34 56.",
        marked="Zandstraat",
    )

    marked = {text_of(each) for each in page.document.iter("mark")}
    for found in ("counted the crates behind the blue gate on", "0470 12 34 56", "Zandstraat"):
        assert any(found in each for each in marked), marked
    for why in ("Copied from what the person wrote", "Phone number", "Marked as known to few"):
        assert why in page.text


def test_the_reference_of_the_question_itself_is_not_pointed_out(desk: Desk) -> None:
    page = desk.prepared("Please quote {reference}, always.")

    assert list(page.document.iter("mark")) == []


def test_the_box_says_that_no_files_go_along(desk: Desk) -> None:
    assert "No files go with it" in desk.prepared().text


def test_a_complainant_is_named_only_where_the_service_may_know(
    browser: Browser, office: Office
) -> None:
    open_name = Desk(browser, office, COMPLAINT).prepared()
    withheld = Desk(browser, office, complaint(identity_withheld=True)).prepared()

    assert "Whom it is about: Marie Test" in open_name.text
    assert "Marie Test" not in withheld.source
    assert "No name of the person goes with it" in withheld.text


# Releasing ----------------------------------------------------------------------------------


def test_who_prepared_a_question_about_a_report_cannot_release_it(desk: Desk) -> None:
    page = desk.prepared()

    assert not [form for form in page.forms if form.action.endswith("/release")]
    forced = desk.investigator.post(
        f"{page.url.split('?')[0]}/release",
        {
            "csrf_token": page.value("csrf_token"),
            "version": page.value("version"),
            "draft": "0" * 64,
        },
    )
    assert forced.status == 409


def test_the_release_shows_words_and_link_once(desk: Desk) -> None:
    page, released = desk.released()

    words, link = words_on(released), text_of(released.one("data-consultation-link"))
    assert len(words.split()) == 10
    assert link.endswith(f"/en/service/{id_in(page).hex()}")
    assert words not in link
    later = desk.as_head(page)
    assert link in later.text
    assert words.split()[0] + " " + words.split()[1] not in later.source
    assert not any(words.split()[0] in str(answer.headers) for answer in desk.head.answers)


def test_the_words_that_are_shown_open_the_question(desk: Desk) -> None:
    page, released = desk.released()

    keys = derive_consultation(read_code(words_on(released)), id_in(page), WEAK)

    assert desk.ours.come(id_in(page), keys) is not None


@on_both_databases
def test_the_button_pressed_twice_releases_once_and_shows_the_same_words(
    desk: Desk, office: Office
) -> None:
    page = desk.as_head(desk.prepared())

    first, second = (desk.head.submit(page, "/release") for _ in range(2))

    assert words_on(second) == words_on(first)
    with office.database.reading() as session:
        assert len(session.scalars(select(Consultation)).all()) == 1


def test_nobody_else_and_no_other_page_gets_the_words_again(desk: Desk, browser: Browser) -> None:
    page = desk.as_head(desk.prepared())
    desk.head.submit(page, "/release")

    other_draft = desk.head.submit(page, "/release", tampered={"draft": "0" * 64})
    no_draft = desk.head.submit(page, "/release", tampered={"draft": "none"})
    draft = {"draft": page.value("draft"), "version": page.value("version")}
    elsewhere = browser("hilde")
    token = elsewhere.get("/en/").value("csrf_token")
    from_there = elsewhere.post(f"{page.url.split('?')[0]}/release", {**draft, "csrf_token": token})

    assert [each.status for each in (other_draft, no_draft, from_there)] == [409, 404, 409]
    for each in (other_draft, no_draft, from_there):
        assert not each.all("data-consultation-words")


def test_lost_words_are_replaced_by_a_new_release(desk: Desk) -> None:
    page, released = desk.released()
    old = derive_consultation(read_code(words_on(released)), id_in(page), WEAK)

    renewed = desk.investigator.submit(desk.investigator.get(page.url.split("?")[0]), "/renew")

    assert "Waiting for its release" in renewed.text
    assert desk.ours.come(id_in(page), old) is None
    assert words_on(desk.head.submit(desk.as_head(renewed), "/release"))


def test_a_question_by_letter_has_no_words_and_a_pdf(desk: Desk) -> None:
    page = desk.prepared("Please answer.\n\nQuote {reference}.", way="letter")
    released = desk.head.submit(desk.as_head(page), "/release")

    assert "Send the letter now." in released.text
    letter = desk.head.get(f"{page.url.split('?')[0]}/letter.pdf").response
    text = " ".join(part.extract_text() for part in PdfReader(BytesIO(letter.data)).pages)
    assert re.search(r"C-[0-9A-F]{4}-[0-9A-F]{4}", text)
    assert "Please answer." in text
    assert "SI.2026" not in text


def test_there_is_no_letter_before_the_release(desk: Desk) -> None:
    page = desk.prepared(way="letter")

    assert desk.investigator.get(f"{page.url.split('?')[0]}/letter.pdf").status == 404


# Answers and other ends ---------------------------------------------------------------------


@on_both_databases
def test_the_answer_through_the_link_is_read_on_the_page(desk: Desk) -> None:
    page, released = desk.released()
    keys = derive_consultation(read_code(words_on(released)), id_in(page), WEAK)
    token = desk.ours.come(id_in(page), keys)
    assert token is not None
    desk.ours.reply(token, id_in(page), "Here is our <b>view</b>.")

    read = desk.investigator.get(page.url.split("?")[0])

    assert "Answered" in read.text
    assert "Here is our <b>view</b>." in read.text
    assert "Through a secure link" in read.text


def test_an_answer_by_letter_is_typed_in(desk: Desk) -> None:
    page, _ = desk.released()
    here = desk.investigator.get(page.url.split("?")[0])

    empty = desk.investigator.submit(here, "/answer")
    assert empty.status == 422
    assert set(empty.errors()) == {"text"}
    kept = desk.investigator.submit(empty, "/answer", text="They wrote: no.")

    assert "They wrote: no." in kept.text
    assert "Answered" in kept.text


def test_a_scan_of_the_letter_is_kept_with_the_answer(desk: Desk) -> None:
    page, _ = desk.released()
    here = desk.investigator.get(page.url.split("?")[0])
    scan = ("letter.pdf", b"scanned", "application/pdf")

    empty = desk.investigator.submit(here, "/answer", files=[scan])
    assert "letter.pdf" in empty.text
    kept = desk.investigator.submit(empty, "/answer", text="They wrote: no.")

    (link,) = [each for each in kept.document.iter("a") if text_of(each) == "letter.pdf"]
    address = link.get("href", "").removesuffix("/view")
    assert desk.investigator.get(address).response.data == b"scanned"


@on_both_databases
def test_a_withdrawal_needs_a_reason_and_ends_the_link(desk: Desk) -> None:
    page, released = desk.released()
    keys = derive_consultation(read_code(words_on(released)), id_in(page), WEAK)
    here = desk.investigator.get(page.url.split("?")[0])

    assert desk.investigator.submit(here, "/withdraw").status == 422
    gone = desk.investigator.submit(here, "/withdraw", reason="Solved by phone.")

    assert "Solved by phone." in gone.text
    assert desk.ours.come(id_in(page), keys) is None


def test_a_question_of_another_case_is_not_here(desk: Desk, browser: Browser) -> None:
    other = consulting(desk.ours.office)
    elsewhere = other.prepare(question=question(text="Elsewhere."))

    assert desk.investigator.get(f"{desk.path}/{elsewhere.hex()}").status == 404


def test_a_service_is_asked_only_where_the_case_stands_for_it(
    browser: Browser, office: Office
) -> None:
    desk = Desk(browser, office, COMPLAINT)
    assert desk.investigator.get(f"{desk.path}/prepare").status == 200

    desk.ours.scene.act(Action.WITHDRAW)

    assert desk.investigator.get(f"{desk.path}/prepare").status == 409
    assert "Prepare a question" not in desk.investigator.get(desk.path).text


def test_a_day_that_no_term_can_follow_is_refused(desk: Desk) -> None:
    """Kept once, it would break the page of the case and the reminders of the whole office."""
    page = desk.writing(**{"due_on-day": "31", "due_on-month": "12", "due_on-year": "9999"})

    assert page.status == 422
    assert set(page.errors()) == {"due_on"}


@pytest.mark.parametrize(
    ("written_in", "language"), [("nl", "nl"), ("fr", "fr"), ("de", "fr"), ("en", "fr")]
)
def test_a_question_starts_in_a_language_of_the_administration(
    browser: Browser, office: Office, written_in: str, language: str
) -> None:
    """Few people report in German: the language of the link alone would say who."""
    desk = Desk(browser, office, report(language=written_in))

    page = desk.investigator.get(f"{desk.path}/prepare")

    assert page.value("language") == language


def test_what_the_person_typed_for_a_service_is_no_public_name(
    browser: Browser, office: Office
) -> None:
    """It could be "the depot where I, Jan Peeters, work"."""
    typed = "Depot of Jan Peeters"
    desk = Desk(browser, office, report(authority="other", authority_other=typed))

    page = desk.prepared("Please send the lists of the Depot of Jan Peeters.")

    assert any("Jan Peeters" in text_of(each) for each in page.document.iter("mark"))


def test_a_service_that_the_office_named_is_a_public_name(browser: Browser, office: Office) -> None:
    desk = Desk(browser, office, report(authority="other", authority_other="The depot"))

    page = desk.prepared(
        "Please send the lists of Noordstation Depot.",
        service="other",
        service_other="Noordstation Depot",
    )

    assert list(page.document.iter("mark")) == []


def test_a_question_to_a_service_as_the_person_typed_it_says_so(
    browser: Browser, office: Office
) -> None:
    """The name stands above the question, and nobody of the office chose its words."""
    typed = "the depot where I work on Fridays"
    desk = Desk(browser, office, report(authority="other", authority_other=typed))
    choices = desk.investigator.get(f"{desk.path}/prepare")
    writing = desk.investigator.submit(choices, "/prepare/text", {"kind": "documents"})

    page = desk.investigator.submit(writing, "/prepare", text="Please send the lists.")

    listed = page.text.split("Copied from what the person wrote", 1)
    assert len(listed) == 2
    assert typed in listed[1]


def test_a_link_that_nobody_outside_can_open_says_so_until_the_address_is_set(
    desk: Desk, office: Office
) -> None:
    _, unset = desk.released()
    row = {**shipped_tables()["settings"]["portal.address"], "value": "https://portal.test.be"}
    with office.database.writing() as session:
        key, by = "portal.address", office.signed_in("hilde")
        edit(session, "settings", key, row, by, office.clock.now())

    _, after = desk.released("Another question.")

    assert "Nobody outside can open this link" in unset.text
    assert "Nobody outside can open this link" not in after.text
    assert "https://portal.test.be/en/service/" in after.text
