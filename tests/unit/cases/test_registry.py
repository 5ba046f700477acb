"""The register of public services can be read, in every language."""

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.registry import (
    LANGUAGES,
    Level,
    authorities,
    by_id,
    by_level,
    with_own_ombuds,
)


def test_every_service_has_a_name_in_every_language() -> None:
    assert len(authorities()) == 86
    for authority in authorities():
        assert all(authority.name(language) for language in LANGUAGES)


def test_ids_are_unique_and_none_is_taken_by_the_form() -> None:
    ids = [authority.id for authority in authorities()]

    assert len(set(ids)) == len(ids)
    assert not {AUTHORITY_OTHER, AUTHORITY_UNKNOWN} & set(ids)


def test_the_nineteen_municipalities_are_there_with_their_welfare_centres() -> None:
    levels = by_level()

    assert len(levels[Level.MUNICIPALITY]) == 19
    assert len(levels[Level.CPAS]) == 19
    assert sum(len(services) for services in levels.values()) == len(authorities())


def test_a_service_with_an_ombuds_of_its_own_is_handled_for_reports_only() -> None:
    ixelles = by_id("mun-ixelles")

    assert ixelles is not None
    assert ixelles.own_ombuds
    assert not ixelles.complaint_competent
    assert ixelles.report_competent


def test_complaints_go_to_an_own_ombuds_only_where_one_is_named() -> None:
    assert {service.id for service in with_own_ombuds()} == {
        "stib-mivb",
        "vivaqua",
        "mun-ixelles",
        "mun-woluwe-saint-lambert",
        "cpas-ixelles",
    }


def test_an_unknown_service_is_none() -> None:
    assert by_id("atlantis") is None


def test_an_unknown_language_gets_the_english_name() -> None:
    mobility = by_id("mobility")

    assert mobility is not None
    assert mobility.name("pt") == "Brussels Mobility"
