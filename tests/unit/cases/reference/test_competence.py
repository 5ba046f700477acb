"""Who may examine what: by service, flow and day."""

from datetime import date

import pytest

from cases.domain.flows import Flow
from cases.domain.reference import LANGUAGES, NOT_ON_RECORD, shipped

# The first days of the office and of its reports (joint decree as amended on 27 April 2023).
OFFICE_OPENS, REPORTS_BEGIN = date(2022, 9, 1), date(2023, 6, 6)
DAYS = (REPORTS_BEGIN, date(2024, 2, 29), date(2026, 11, 23), date(2040, 1, 1))
ELSEWHERE = {
    "stib-mivb": "Ombudsdienst bij de MIVB",
    "vivaqua": "Ombudsdienst Vivaqua",
    "mun-ixelles": "Ombudsman van de gemeente Elsene",
    "cpas-ixelles": "Ombudsman van het OCMW van Elsene",
    "mun-woluwe-saint-lambert": "Gemeentelijke ombudsman van Sint-Lambrechts-Woluwe",
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("service", ELSEWHERE)
def test_a_complaint_about_a_service_with_its_own_ombuds_goes_there(
    service: str, day: date
) -> None:
    found = shipped().competence(service, Flow.COMPLAINT, day)

    assert not found.competent
    assert found.own_ombuds("nl") == ELSEWHERE[service]
    assert all(found.own_ombuds(language) for language in LANGUAGES)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("flow", [Flow.REPORT, Flow.PROTECTION])
@pytest.mark.parametrize("service", ELSEWHERE)
def test_a_report_about_the_same_service_stays(service: str, flow: Flow, day: date) -> None:
    found = shipped().competence(service, flow, day)

    assert found.competent
    assert found.own_ombuds("fr") == ""


def test_nobody_else_is_sent_to_an_ombuds_of_their_own() -> None:
    elsewhere = shipped().with_own_ombuds(Flow.COMPLAINT, DAYS[-1])

    assert {service.id for service, _ in elsewhere} == set(ELSEWHERE)
    assert shipped().with_own_ombuds(Flow.REPORT, DAYS[-1]) == ()


def test_only_the_municipality_of_woluwe_saint_lambert_has_one_and_not_its_welfare_centre() -> None:
    assert shipped().competence("cpas-woluwe-saint-lambert", Flow.COMPLAINT, DAYS[-1]).competent


@pytest.mark.parametrize("flow", Flow)
def test_every_service_is_on_record_for_every_flow(flow: Flow) -> None:
    for service in shipped().authorities:
        assert shipped().competence(service.id, flow, REPORTS_BEGIN).on_record, service.id


@pytest.mark.parametrize(
    ("service", "flow", "day"),
    [
        ("atlantis", Flow.COMPLAINT, DAYS[-1]),
        ("mobility", Flow.REPORT, date(2023, 6, 5)),
        ("mobility", Flow.COMPLAINT, date(2022, 8, 31)),
        ("cpas-evere", Flow.COMPLAINT, OFFICE_OPENS),
    ],
)
def test_where_the_register_says_nothing_nobody_is_turned_away(
    service: str, flow: Flow, day: date
) -> None:
    found = shipped().competence(service, flow, day)

    assert found is NOT_ON_RECORD
    assert found.competent
    assert not found.on_record
