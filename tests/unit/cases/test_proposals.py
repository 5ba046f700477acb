"""What the answers already say is proposed, and nothing is guessed against a person."""

from dataclasses import replace
from datetime import date

import pytest

from cases.domain import proposals
from cases.domain.case_file import CaseFile
from cases.domain.clocks import years_later
from cases.domain.detail_rules import check_details
from cases.domain.details import Consent, InternalChannelCheck, LinkCheck, Met
from cases.domain.facts import (
    ComplainantIdentity,
    ContactedFirst,
    FollowUp,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionGround,
    Relation,
    YesNo,
)
from cases.domain.flows import Action, Flow, State, transition
from cases.domain.policies import Allowed
from cases.domain.reference import shipped
from tests.support.submissions import PROTECTION, complaint, protection, report

RULES = shipped()
LODGED = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("authority", "on", "competent"),
    [
        ("parking", LODGED, Met.MET),
        # Services with an ombuds of their own.
        ("stib-mivb", LODGED, Met.NOT_MET),
        ("vivaqua", LODGED, Met.NOT_MET),
        ("mun-ixelles", LODGED, Met.NOT_MET),
        ("mun-woluwe-saint-lambert", LODGED, Met.NOT_MET),
        ("cpas-ixelles", LODGED, Met.NOT_MET),
        # The register says nothing of the day before its first row.
        ("cpas-ixelles", date(2023, 6, 5), Met.UNCLEAR),
        ("unknown", LODGED, Met.UNCLEAR),
        ("other", LODGED, Met.UNCLEAR),
        ("", LODGED, Met.UNCLEAR),
        ("never-heard-of", LODGED, Met.UNCLEAR),
    ],
)
def test_competence_is_that_of_the_day_of_lodging(authority: str, on: date, competent: Met) -> None:
    check = proposals.admissibility(complaint(authority=authority, facts_on=None), on, RULES)

    assert check.competent is competent
    assert ("not_competent" in check.grounds) is (competent is Met.NOT_MET)


@pytest.mark.parametrize(
    ("answer", "contacted"),
    [
        (ContactedFirst.YES_NO_ANSWER, Met.MET),
        (ContactedFirst.YES_UNSATISFIED, Met.MET),
        (ContactedFirst.NO, Met.NOT_MET),
        (None, Met.UNCLEAR),
    ],
)
def test_a_first_contact_without_an_answer_is_enough(
    answer: ContactedFirst | None, contacted: Met
) -> None:
    check = proposals.admissibility(complaint(contacted_first=answer), LODGED, RULES)

    assert check.contacted is contacted
    assert ("no_first_contact" in check.grounds) is (answer is ContactedFirst.NO)


@pytest.mark.parametrize(
    ("facts_on", "lodged", "recent"),
    [
        (date(2023, 11, 24), date(2026, 11, 23), Met.MET),
        (date(2023, 11, 23), date(2026, 11, 23), Met.NOT_MET),
        (date(2023, 11, 22), date(2026, 11, 23), Met.NOT_MET),
        (date(2026, 11, 23), date(2026, 11, 23), Met.MET),
        # Still going on, or announced for later.
        (date(2026, 12, 1), date(2026, 11, 23), Met.MET),
        (date(2024, 2, 29), date(2027, 2, 27), Met.MET),
        (date(2024, 2, 29), date(2027, 2, 28), Met.MET),
        (date(2024, 2, 29), date(2027, 3, 1), Met.NOT_MET),
        (date(2025, 2, 28), date(2028, 2, 27), Met.MET),
        (date(2025, 2, 28), date(2028, 2, 28), Met.NOT_MET),
        (date(2025, 3, 1), date(2028, 2, 29), Met.MET),
        (None, date(2026, 11, 23), Met.UNCLEAR),
    ],
)
def test_facts_are_recent_while_they_are_less_than_three_calendar_years_old(
    facts_on: date | None, lodged: date, recent: Met
) -> None:
    check = proposals.admissibility(complaint(facts_on=facts_on), lodged, RULES)

    assert check.recent is recent
    assert ("facts_too_old" in check.grounds) is (recent is Met.NOT_MET)


def test_a_leap_day_is_four_years_old_on_the_next_leap_day() -> None:
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("proceedings", "ground"),
    [
        (Proceedings.COURT, ("proceedings_pending",)),
        (Proceedings.APPEAL, ("proceedings_pending",)),
        (Proceedings.OTHER_OMBUDS, ()),
        (Proceedings.NONE, ()),
        (None, ()),
    ],
)
def test_a_court_or_an_organised_appeal_is_a_ground(
    proceedings: Proceedings | None, ground: tuple[str, ...]
) -> None:
    facts = complaint(proceedings=proceedings)

    assert proposals.admissibility(facts, LODGED, RULES).grounds == ground


@pytest.mark.parametrize(
    ("identity", "ground"),
    [
        (ComplainantIdentity(), ("identity_unknown",)),
        (ComplainantIdentity(name="Marie Test"), ()),
        (ComplainantIdentity(address="Rue 1, 1000"), ()),
    ],
)
def test_a_complaint_of_nobody_has_a_ground_of_refusal(
    identity: ComplainantIdentity, ground: tuple[str, ...]
) -> None:
    assert proposals.admissibility(complaint(identity=identity), LODGED, RULES).grounds == ground


def test_every_proposed_check_of_a_complaint_can_be_taken_as_it_is() -> None:
    row = transition(Flow.COMPLAINT, Action.CHECK_ADMISSIBILITY)
    assert row is not None
    worst = complaint(
        authority="stib-mivb",
        contacted_first=ContactedFirst.NO,
        facts_on=date(2020, 1, 1),
        proceedings=Proceedings.COURT,
        identity=ComplainantIdentity(),
    )

    check = proposals.admissibility(worst, LODGED, RULES)

    assert len(check.grounds) == 5
    assert check_details(row, check, CaseFile(State.ADMISSIBILITY, worst), b"") == Allowed()


def test_a_ground_that_the_office_switched_off_is_not_proposed() -> None:
    grounds = tuple(
        replace(each, enabled=each.code not in ("facts_too_old", "identity_unknown"))
        for each in RULES.grounds
    )
    rules = replace(RULES, grounds=grounds)
    facts = complaint(facts_on=date(2020, 1, 1), identity=ComplainantIdentity())

    check = proposals.admissibility(facts, LODGED, rules)

    assert (check.recent, check.grounds) == (Met.UNCLEAR, ())


def test_the_number_of_years_is_a_setting() -> None:
    settings = tuple(
        replace(each, value="1") if each.key == "complaint.years" else each
        for each in RULES.settings
    )
    facts = complaint(facts_on=date(2025, 11, 23))

    check = proposals.admissibility(facts, LODGED, replace(RULES, settings=settings))

    assert check.recent is Met.NOT_MET


@pytest.mark.parametrize("authority", ["stib-mivb", "vivaqua", "mun-ixelles", "cpas-ixelles"])
def test_a_report_about_a_service_with_an_ombuds_of_its_own_stays_here(authority: str) -> None:
    assert proposals.scope(report(authority=authority), LODGED, RULES).service is Met.MET


@pytest.mark.parametrize(
    ("relation", "person"),
    [
        *((relation, Met.MET) for relation in Relation if relation is not Relation.OTHER),
        (Relation.OTHER, Met.UNCLEAR),
        (None, Met.UNCLEAR),
    ],
)
def test_whoever_has_seen_it_at_work_is_in_scope(relation: Relation | None, person: Met) -> None:
    assert proposals.scope(report(relation=relation), LODGED, RULES).person is person


@pytest.mark.parametrize(
    ("breaches", "facts", "kept"),
    [
        (("procurement", "favouritism"), Met.MET, ("procurement", "favouritism")),
        (("no-longer-on-the-list",), Met.UNCLEAR, ()),
        ((), Met.UNCLEAR, ()),
    ],
)
def test_named_breaches_put_the_facts_in_scope(
    breaches: tuple[str, ...], facts: Met, kept: tuple[str, ...]
) -> None:
    check = proposals.scope(report(breaches=breaches), LODGED, RULES)

    assert (check.facts, check.breaches) == (facts, kept)
    assert check.general_interest is Met.UNCLEAR


def test_no_report_is_proposed_to_be_out_of_scope() -> None:
    facts = report(authority="unknown", relation=None, breaches=())

    assert Met.NOT_MET not in proposals.scope(facts, LODGED, RULES).conditions


def test_an_internal_report_is_carried_over_with_what_came_of_it() -> None:
    facts = report(
        internal_channel=InternalChannel.USED,
        internal_when="in May",
        internal_to="the confidant",
        internal_result="silence",
        internal_follow_up=FollowUp.NOT_GIVEN,
    )

    assert vars(proposals.internal_channel(facts)) == vars(
        InternalChannelCheck(True, "in May", "the confidant", "silence", FollowUp.NOT_GIVEN)
    )


@pytest.mark.parametrize("answer", [InternalChannel.NOT_USED, None])
def test_the_reasons_for_not_reporting_inside_are_carried_over(
    answer: InternalChannel | None,
) -> None:
    facts = report(
        internal_channel=answer,
        internal_reasons=(InternalReason.NONE_EXISTS,),
        internal_reason_detail="we are five",
    )

    check = proposals.internal_channel(facts)

    assert (check.used, check.reasons, check.detail) == (
        False,
        (InternalReason.NONE_EXISTS,),
        "we are five",
    )


def test_a_link_is_never_presumed() -> None:
    facts = protection(ground=ProtectionGround.REPORTED_HERE, report_reference="SI.2026.0003")

    assert vars(proposals.link(facts)) == vars(
        LinkCheck(ProtectionGround.REPORTED_HERE, Met.UNCLEAR, "", "SI.2026.0003")
    )
    unsaid = protection(ground=None)
    assert proposals.link(unsaid).report is ProtectionGround.REPORTED_INTERNALLY


@pytest.mark.parametrize(("answer", "given"), [(YesNo.YES, True), (YesNo.NO, False)])
def test_consent_is_what_the_form_said_on_its_day(answer: YesNo, given: bool) -> None:
    found = proposals.consent(protection(may_contact_employer=answer), LODGED)

    assert found is not None
    assert vars(found) == vars(Consent(given, "portal", LODGED))


def test_an_answer_left_open_is_no_consent() -> None:
    assert proposals.consent(replace(PROTECTION, may_contact_employer=None), LODGED) is None
