"""Arabic in the console's pages, which read from left to right."""

from collections.abc import Callable

from cases.domain.facts import HowKnown
from tests.support.directions import ARABIC, bound_to_the_page
from tests.support.html import Client
from tests.support.office import Office
from tests.support.staff_steps import case_page, new_case, preview_step
from tests.support.submissions import complaint, report

Browser = Callable[[str], Client]
ARABIC_REPORT = report(
    what=ARABIC,
    when_where=ARABIC,
    how_known=HowKnown.DOCUMENTS,
    how_known_detail=ARABIC,
    reprisals_detail=ARABIC,
    who_else_knows=ARABIC,
    internal_reason_detail=ARABIC,
)


def test_what_a_reporter_and_her_investigator_wrote_reads_in_its_own_direction(
    browser: Browser, office: Office
) -> None:
    case_id = new_case(office, facts=ARABIC_REPORT)
    client = browser("ingrid")
    client.submit(case_page(client, case_id), "/take")
    client.submit(case_page(client, case_id), "/note", note=ARABIC)
    office.answer(ARABIC)

    for path in ("/en/", f"/en/case/{case_id}", f"/en/case/{case_id}/reply"):
        page = client.get(path)
        assert bound_to_the_page(page.document) == [], path
    preview = preview_step(client, case_id, "acknowledge", message=ARABIC, reason=ARABIC)
    assert bound_to_the_page(preview.document) == []


def test_a_complainants_name_reads_in_its_own_direction(browser: Browser, office: Office) -> None:
    facts = complaint(problem=ARABIC, service_answer=ARABIC, hopes=ARABIC, service_reference=ARABIC)
    case_id = new_case(office, facts=facts)

    page = case_page(browser("ingrid"), case_id)

    assert ARABIC in page.text
    assert bound_to_the_page(page.document) == []
