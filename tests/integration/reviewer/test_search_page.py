"""The page that looks for words in every case a person can open."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from cases.actions import searching
from cases.queries.trail import Wanted, every_entry
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.staff_steps import new_case
from tests.support.submissions import report

Browser = Callable[[str], Client]


def search(client: Client, words: str) -> Page:
    return client.submit(client.get("/en/search"), "/search", words=words)


def opened(office: Office, case_id: str) -> list[str]:
    with office.database.reading() as session:
        rows = every_entry(session, Wanted(case_id=bytes.fromhex(case_id)))
        return [row.entry.event for row in rows if row.entry.at]


def test_a_case_is_found_with_the_words_marked(browser: Browser, office: Office) -> None:
    case_id = new_case(office, facts=report(what="A <b>helicopter</b> was bought twice."))

    page = search(browser("ingrid"), "Helicopter TWICE")

    assert page.status == 200
    assert "1 case found" in page.text
    assert page.source.count("<mark>") == 2
    assert "&lt;b&gt;<mark>helicopter</mark>&lt;/b&gt; was bought <mark>twice</mark>" in page.source
    assert f"/en/case/{case_id}" in page.source
    assert page.value("words") == "Helicopter TWICE"


def test_what_is_looked_for_stands_in_no_address(browser: Browser, office: Office) -> None:
    new_case(office, facts=report(what="A helicopter was bought."))

    page = search(browser("ingrid"), "helicopter")

    addresses = {str(each.get("href")) for each in page.document.iter("a")}
    assert not any("helicopter" in address for address in addresses)
    assert urlsplit(page.url).query == ""


def test_whoever_sees_words_of_a_case_stands_on_its_trail(browser: Browser, office: Office) -> None:
    case_id, other = new_case(office, facts=report(what="A helicopter.")), new_case(office)
    client = browser("ingrid")

    search(client, "helicopter")
    search(client, "helicopter")

    assert opened(office, case_id) == ["case_opened"]
    assert opened(office, other) == []


@pytest.mark.parametrize("typed", ["", "a", "one two three four five six seven eight nine"])
def test_what_cannot_be_looked_for_is_said_and_kept(browser: Browser, typed: str) -> None:
    page = search(browser("ingrid"), typed)

    assert page.status == 422
    assert "words" in page.errors()
    assert page.value("words") == typed


def test_nothing_found_says_where_was_looked(browser: Browser, office: Office) -> None:
    new_case(office)

    page = search(browser("ingrid"), "helicopter")

    assert "0 cases found" in page.text
    assert "1 case was looked at: all that you can open." in page.text


def test_older_cases_are_looked_at_by_a_button(
    browser: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_FOUND", 1)
    for _ in range(2):
        new_case(office, facts=report(what="A helicopter was bought."))
    client = browser("ingrid")

    first = search(client, "helicopter")
    second = client.submit(first, len(first.forms) - 1)
    third = client.submit(second, len(second.forms) - 1)

    assert "1 case was looked at so far" in first.text
    assert "1 case found" in second.text
    assert "There are no more." in third.text


def test_an_odd_place_to_go_on_from_starts_anew(browser: Browser, office: Office) -> None:
    new_case(office, facts=report(what="A helicopter was bought."))
    client = browser("ingrid")

    form, odd = client.get("/en/search"), {"after": "<nowhere>"}
    page = client.submit(form, "/search", words="helicopter", tampered=odd)

    assert "1 case found" in page.text
