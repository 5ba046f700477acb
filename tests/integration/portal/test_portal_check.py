"""'Can we help you?': every choice leads to its answer, and nothing can be sent or stored.

Which panel unfolds in a browser is seen in tests/e2e/test_check.py; here, what stands in each.
"""

from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest

from cases.domain.flows import Flow
from cases.domain.reference import ReferralKind, shipped
from tests.support.html import Page, text_of
from tests.support.office import MORNING
from web.i18n import LANGUAGES

OURS = (("who", "user"), ("service", "ours"))
UNANSWERED = (*OURS, ("contacted", "yes_no_answer"))
UNSATISFIED = (*OURS, ("contacted", "yes_unsatisfied"))

# The choices in order, the answer's heading, and where its links lead.
ANSWERS = [
    ((("who", "insider"),), "You can report it here", {"/en/report"}),
    ((("who", "reprisals"),), "You can ask us for protection", {"/en/protection"}),
    ((("who", "own_work"),), "Other bodies can do more for you", {"/en/report"}),
    ((("who", "elsewhere"),), "Another body can help you", set()),
    (
        (("who", "user"), ("service", "own_ombuds")),
        "Complain to the ombuds office of that service",
        {"/en/report"},
    ),
    (
        (("who", "user"), ("service", "unknown")),
        "Write to us, and we find out",
        {"/en/complaint"},
    ),
    ((*OURS, ("contacted", "no")), "Contact the service first", {"/en/complaint"}),
    ((*UNANSWERED, ("age_unanswered", "recent")), "You can complain here", {"/en/complaint"}),
    (
        (*UNANSWERED, ("age_unanswered", "old")),
        "As a rule we cannot examine it any more",
        {"/en/complaint"},
    ),
    (
        (*UNANSWERED, ("age_unanswered", "unsure")),
        "Send your complaint, and we look",
        {"/en/complaint"},
    ),
    ((*UNSATISFIED, ("age_unsatisfied", "recent")), "You can complain here", {"/en/complaint"}),
    (
        (*UNSATISFIED, ("age_unsatisfied", "old")),
        "As a rule we cannot examine it any more",
        {"/en/complaint"},
    ),
    (
        (*UNSATISFIED, ("age_unsatisfied", "unsure")),
        "Send your complaint, and we look",
        {"/en/complaint"},
    ),
]


def panel(within: Element, name: str, value: str) -> Element:
    """What unfolds under a choice: the element right after it."""
    for parent in within.iter():
        children = list(parent)
        for choice, after in pairwise(children):
            radios = [child for child in choice if child.tag == "input"]
            if any((one.get("name"), one.get("value")) == (name, value) for one in radios):
                assert after.get("class") == "panel", f"nothing unfolds under {name}={value}"
                return after
    raise AssertionError(f"no choice {name}={value}")


def table_rows(within: Element) -> list[list[str]]:
    """The cells of every table, headings left out."""
    rows = [row for row in within.iter("tr") if row.find("td") is not None]
    # Not text_of: it folds the spaces that keep French punctuation on its line.
    return [["".join(cell.itertext()) for cell in row] for row in rows]


def panel_after(page: Page, choices: tuple[tuple[str, str], ...]) -> Element:
    found = page.document
    for name, value in choices:
        found = panel(found, name, value)
    return found


@pytest.mark.parametrize(("choices", "heading", "links"), ANSWERS)
def test_every_way_through_the_questions_ends_in_its_answer(client, choices, heading, links):
    found = panel_after(client.get("/en/check"), choices)

    assert text_of(next(found.iter("h2"))) == heading
    assert {link.get("href") for link in found.iter("a")} == links


def test_every_choice_that_can_be_made_is_tried(client):
    page = client.get("/en/check")
    offered = {
        (one.get("name"), one.get("value")) for one in page.all("type") if one.tag == "input"
    }

    assert offered == {choice for choices, _, _ in ANSWERS for choice in choices}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_bodies_are_named_where_we_are_the_wrong_one(client, language):
    page = client.get(f"/{language}/check")

    expected = {
        "elsewhere": (
            *shipped().referrals_of(ReferralKind.OTHER, ReferralKind.COMPLAINT),
            *shipped().referrals_of(ReferralKind.REPORT),
        ),
        "own_work": shipped().referrals_of(ReferralKind.WORK),
    }
    for who, referrals in expected.items():
        assert table_rows(panel(page.document, "who", who)) == [
            [each.subject(language), each.body(language)] for each in referrals
        ]


def test_the_services_with_an_own_ombuds_come_from_the_register(client):
    found = text_of(panel(client.get("/fr/check").document, "service", "own_ombuds"))

    elsewhere = shipped().with_own_ombuds(Flow.COMPLAINT, MORNING.date())
    assert len(elsewhere) > 3
    for service, competence in elsewhere:
        assert service.name("fr") in found
        assert competence.own_ombuds("fr") in found


def test_whoever_is_sent_to_the_service_first_hears_that_deadlines_keep_running(client):
    found = text_of(panel(client.get("/en/check").document, "contacted", "no"))

    assert "Other deadlines keep running" in found
    assert "Then come back" in found


def test_whoever_asks_for_protection_hears_that_a_court_stays_possible(client):
    found = text_of(panel(client.get("/en/check").document, "who", "reprisals"))

    assert "You can always go to court" in found
    assert "keeps running" in found


def test_there_is_nothing_to_send_and_nothing_is_kept(client):
    page = client.get("/en/check")

    assert page.forms == ()
    assert not [one for one in page.document.iter() if one.tag in {"button", "textarea"}]
    assert "Set-Cookie" not in page.response.headers
    assert client.cookie is None


@pytest.mark.parametrize("path", ["/", "/complaint"])
def test_the_check_is_offered_where_people_begin(client, path):
    main = next(client.get(f"/en{path}").document.iter("main"))

    assert "/en/check" in {link.get("href") for link in main.iter("a")}


def test_the_check_helps_even_when_the_keys_cannot_be_verified(client, office):
    (office.home / "roster" / "pin").write_text("00" * 32)

    assert client.get("/en/check").status == 200
