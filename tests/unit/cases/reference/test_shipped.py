"""What ships: every list can be read, in every language, and its rows fit together."""

import re
from datetime import date

import pytest

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.flows import ClockKind, Flow
from cases.domain.reference import (
    KINDS,
    LANGUAGES,
    Certainty,
    Level,
    ReferralKind,
    Unit,
    shipped,
    shipped_tables,
)
from cases.domain.reference.invariants import problems

TODAY = date(2026, 11, 23)
# Those whom the portal promises by name in its questions.
PROMISED = {"police", "justice", "federal", "flanders", "finance", "energy", "telecom", "rail"}
EXCLUDED_FROM_REPORTS = {"work-harassment", "work-discrimination", "work-dispute"}


def test_the_rows_that_ship_fit_together() -> None:
    assert problems(shipped_tables()) == ()


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_ships_rows_and_each_has_a_label_in_every_language(code: str) -> None:
    kind, rows = KINDS[code], shipped_tables()[code]

    assert rows
    for language in LANGUAGES:
        assert all(kind.label_of(row, language) for row in rows.values())


@pytest.mark.parametrize("code", KINDS)
def test_every_row_names_its_source_and_how_sure_it_is(code: str) -> None:
    for key, row in shipped_tables()[code].items():
        assert row["source"], key
        assert row["certainty"] in set(Certainty), key


@pytest.mark.parametrize("code", KINDS)
def test_no_text_has_spaces_that_nobody_meant(code: str) -> None:
    for key, row in shipped_tables()[code].items():
        for name, text in row.items():
            assert "  " not in text, (key, name)


def test_the_register_holds_every_service_with_its_level() -> None:
    levels = shipped().authorities_by_level(TODAY)

    assert len(shipped().authorities) == 86
    assert len(levels[Level.MUNICIPALITY]) == 19
    assert len(levels[Level.CPAS]) == 19
    assert sum(len(services) for services in levels.values()) == 86


def test_no_service_has_an_id_that_the_form_keeps_for_itself() -> None:
    assert shipped().authority(AUTHORITY_OTHER) is None
    assert shipped().authority(AUTHORITY_UNKNOWN) is None


def test_an_unknown_service_is_none_and_an_unknown_language_english() -> None:
    mobility = shipped().authority("mobility")

    assert shipped().authority("atlantis") is None
    assert mobility is not None
    assert mobility.name("pt") == "Brussels Mobility"


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_reach_an_internal_channel_is_told_where_it_is_known(language: str) -> None:
    fiscality, sibelga = shipped().authority("fiscality"), shipped().authority("sibelga")

    assert fiscality is not None
    assert sibelga is not None
    assert "2024" in fiscality.internal_channel_in(language)
    assert fiscality.internal_channel_certainty is Certainty.CONFIRMED
    assert sibelga.internal_channel_in(language) == ""
    assert sibelga.internal_channel_certainty is None


def test_every_text_about_an_internal_channel_says_how_sure_it_is() -> None:
    for service in shipped().authorities:
        assert bool(service.internal_channel) == bool(service.internal_channel_certainty)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_subject_stands_once_in_each_list_of_who_else_can_help(language: str) -> None:
    for kind in ReferralKind:
        subjects = [each.subject(language) for each in shipped().referrals_of(kind)]
        assert len(set(subjects)) == len(subjects) > 0


def test_the_bodies_that_the_questions_name_are_there() -> None:
    known = shipped()

    assert {each.id for each in known.referrals_of(ReferralKind.COMPLAINT)} >= PROMISED | {"eu"}
    assert {each.id for each in known.referrals_of(ReferralKind.WORK)} == EXCLUDED_FROM_REPORTS
    assert set(known.referrals_of(*ReferralKind)) == set(known.referrals)


def test_no_body_that_is_uncertain_is_named_to_people() -> None:
    assert Certainty.UNCERTAIN not in {each.certainty for each in shipped().referrals}


def test_bodies_are_names_and_not_addresses_that_go_out_of_date() -> None:
    for referral in shipped().referrals:
        for language in LANGUAGES:
            assert not re.search(r"https?:|www\.|\.be\b|@", referral.body(language)), referral.id


def test_an_unknown_language_gets_the_english_words_of_a_referral() -> None:
    (police,) = (each for each in shipped().referrals if each.id == "report-police")

    assert police.subject("pt") == "The police"
    assert police.body("pt") == "Committee P (Comité P)"


def test_the_fifteen_norms_ship_as_a_sample_to_be_confirmed() -> None:
    norms = shipped().norms_on(TODAY)

    assert len(norms) == 15
    assert {norm.certainty for norm in norms} == {Certainty.UNCERTAIN}
    assert all(norm.explanation(language) for norm in norms for language in LANGUAGES)


def test_every_ground_of_refusal_is_there_and_in_use() -> None:
    assert {ground.code for ground in shipped().grounds_on(TODAY)} == {
        "identity_unknown",
        "facts_too_old",
        "manifestly_unfounded",
        "no_first_contact",
        "same_complaint_rejected",
        "not_competent",
        "not_administrative",
        "own_staff_matter",
        "political",
        "proceedings_pending",
        "final_decision",
        "not_concerned",
    }


def test_reprisals_have_the_fifteen_forms_of_article_19() -> None:
    assert len(shipped().retaliations_on(TODAY)) == 15
    assert len(shipped().breaches_on(TODAY)) == 8


@pytest.mark.parametrize(
    ("flow", "clock", "length", "unit"),
    [
        # Directive (EU) 2019/1937, article 11(2)(b) and (d).
        (Flow.REPORT, ClockKind.ACKNOWLEDGEMENT, 7, Unit.DAYS),
        (Flow.REPORT, ClockKind.FEEDBACK, 3, Unit.MONTHS),
        (Flow.COMPLAINT, ClockKind.ACKNOWLEDGEMENT, 5, Unit.WORKING_DAYS),
        (Flow.COMPLAINT, ClockKind.ADMISSIBILITY, 14, Unit.DAYS),
        (Flow.COMPLAINT, ClockKind.SERVICE_FIRST, 30, Unit.DAYS),
        (Flow.PROTECTION, ClockKind.CONSULTATION, 30, Unit.DAYS),
        (Flow.REPORT, ClockKind.RECOMMENDATION, 90, Unit.DAYS),
    ],
)
def test_the_periods_are_those_of_the_law_and_of_the_office(
    flow: Flow, clock: ClockKind, length: int, unit: Unit
) -> None:
    period = shipped().period(flow, clock, TODAY)

    assert (period.length, period.unit) == (length, unit)


def test_feedback_can_be_extended_to_six_months_and_warns_before_its_day() -> None:
    period = shipped().period(Flow.REPORT, ClockKind.FEEDBACK, TODAY)

    assert period.extended == (6, Unit.MONTHS)
    assert period.alarms == (-15, -3, 0)
    assert period.certainty is Certainty.CONFIRMED


@pytest.mark.parametrize("flow", Flow)
def test_every_flow_has_a_pattern_for_its_references(flow: Flow) -> None:
    pattern = shipped().setting(f"reference.{flow.value}")

    assert pattern.format(year=2026, number=7).endswith(".2026.0007")


def test_a_setting_that_is_not_there_is_no_setting() -> None:
    with pytest.raises(KeyError):
        shipped().setting("colour.of.the.door")
