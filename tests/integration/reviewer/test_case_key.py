"""A new key for a case, from its page: why it is asked for, and what stops it."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from cases.models import CaseGrant, Message
from tests.support.consulting import consulting
from tests.support.html import Client
from tests.support.office import Office
from tests.support.staff_steps import case_page, new_case

Browser = Callable[[str], Client]


def test_whoever_handles_a_case_gives_it_a_new_key(browser: Browser, office: Office) -> None:
    ingrid, case_id = browser("ingrid"), new_case(office)
    form = ingrid.get(f"/en/case/{case_id}/key")

    done = ingrid.submit(form, "/key", reason="a phone was lost")

    assert "The case has a new key." in done.text
    assert "New key for the case" in done.text
    assert "a phone was lost" in done.text
    assert "Do not rely on this thread" not in done.text


def test_what_was_sealed_to_the_old_key_is_gone_from_the_disk(
    browser: Browser, office: Office
) -> None:
    ingrid, case_id = browser("ingrid"), new_case(office)
    with office.database.reading() as session:
        old = [*session.scalars(select(CaseGrant.box)), *session.scalars(select(Message.case_key))]
    database = Path(office.database.engine.url.database or "")

    ingrid.submit(ingrid.get(f"/en/case/{case_id}/key"), "/key", reason="a phone was lost")

    stored = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert len(old) == 3
    assert not [each for each in old if each in stored]


def test_a_new_key_needs_a_reason(browser: Browser, office: Office) -> None:
    ingrid, case_id = browser("ingrid"), new_case(office)

    refused = ingrid.submit(ingrid.get(f"/en/case/{case_id}/key"), "/key", reason=" ")

    assert refused.status == 422
    assert "Write the reason." in refused.text


def test_a_page_that_is_older_than_the_case_changes_no_key_and_keeps_the_reason(
    browser: Browser, office: Office
) -> None:
    ingrid, case_id = browser("ingrid"), new_case(office)
    form = ingrid.get(f"/en/case/{case_id}/key")
    ingrid.submit(case_page(ingrid, case_id), "/take")

    refused = ingrid.submit(form, "/key", reason="a phone was lost")

    assert refused.status == 409
    assert "a phone was lost" in refused.text


def test_while_a_service_is_asked_the_page_says_what_to_do_first(
    browser: Browser, office: Office
) -> None:
    asked = consulting(office)
    asked.asked()

    page = browser("ingrid").get(f"/en/case/{asked.scene.case_id.hex()}/key")

    assert "Wait for the answer, or withdraw the question." in page.text
    assert "Give the case a new key" not in page.text


def test_who_cannot_open_the_case_finds_no_such_page(browser: Browser, office: Office) -> None:
    assert browser("igor").get(f"/en/case/{new_case(office)}/key").status == 404
