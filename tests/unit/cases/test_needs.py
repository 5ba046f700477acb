"""What the file must hold before a step, and when a step asks for a written reason."""

from dataclasses import replace
from typing import Any

import pytest

from cases.domain.case_file import CaseFile
from cases.domain.details import (
    ConsultationWithdrawal,
    Details,
    InternalChannelCheck,
    JustificationCheck,
    JustificationVerdict,
    Met,
    NormVerdict,
    RecommendationAnswer,
    RecommendationResponse,
)
from cases.domain.dossier import Dossier, NoticeFile
from cases.domain.facts import Facts, FollowUp, InternalReason, Reprisals
from cases.domain.flows import Action, ClockKind, Flow, Guard, Need, State
from cases.domain.needs import PREDICATES, external_proposed, wants_reason
from tests.support import files
from tests.support.files import (
    ADMISSIBLE,
    ADVICE,
    AGREED,
    ANSWERED,
    ASKED,
    BREACHED,
    DAY,
    FOUND,
    GIVEN,
    IN_SCOPE,
    LINKED,
    NO_CONTACT,
    NOT_JUSTIFIED,
    NOT_USED,
    OUT_OF_SCOPE,
    PREPARED,
    RELEASED,
    UPHELD,
    case_file,
)
from tests.support.submissions import COMPLAINT, PROTECTION, REPORT, complaint

A, N = Action, Need
CALM = replace(REPORT, reprisals=Reprisals.NONE)


def _norm(verdict: NormVerdict, code: str = "law") -> tuple[Action, Details]:
    return A.ASSESS_NORM, replace(BREACHED, norm=code, verdict=verdict)


def _answer(answer: RecommendationResponse) -> tuple[Action, Details]:
    return A.ANSWER_RECOMMENDATION, RecommendationAnswer(GIVEN, answer, DAY, "because")


def _justified(verdict: JustificationVerdict) -> tuple[Action, Details]:
    return A.ASSESS_JUSTIFICATION, JustificationCheck(verdict, "because")


CHECKED = (A.CHECK_ADMISSIBILITY, ADMISSIBLE)
TOO_EARLY = (A.CHECK_ADMISSIBILITY, NO_CONTACT)
SCOPED = (A.CHECK_SCOPE, IN_SCOPE)
CHANNEL = (A.CHECK_INTERNAL_CHANNEL, NOT_USED)
RECOMMENDED = (A.RECOMMEND, ADVICE)
WITHDRAWN = (A.WITHDRAW_CONSULTATION, ConsultationWithdrawal(ASKED, "not needed"))
UNCLEAR_SCOPE = replace(IN_SCOPE, person=Met.UNCLEAR, facts=Met.UNCLEAR, service=Met.UNCLEAR)
TAKEN_BACK = replace(AGREED, given=False)
NOT_LINKED = replace(LINKED, linked=Met.NOT_MET)
UNSURE = replace(LINKED, linked=Met.UNCLEAR)

# The need, the steps taken so far, whether the file then holds it.
CASES: list[tuple[Need, tuple[Any, ...], bool]] = [
    (N.ADMISSIBILITY_CHECKED, (), False),
    (N.ADMISSIBILITY_CHECKED, (CHECKED,), True),
    (N.ADMISSIBILITY_CHECKED, (CHECKED, A.REPORTER_CAME_BACK), False),
    (N.ADMISSIBILITY_CHECKED, (CHECKED, A.SERVICE_DAY_PASSED), False),
    (N.ADMISSIBILITY_CHECKED, (CHECKED, A.RESUME_AFTER_SERVICE), False),
    (N.ADMISSIBILITY_CHECKED, (CHECKED, A.REOPEN), False),
    (N.ADMISSIBILITY_CHECKED, (CHECKED, A.SUSPEND, A.RESUME), True),
    (N.A_GROUND_FOUND, (CHECKED,), False),
    (N.A_GROUND_FOUND, (TOO_EARLY,), True),
    (N.A_GROUND_FOUND, (TOO_EARLY, CHECKED), False),
    (N.NO_FIRST_CONTACT_FOUND, (TOO_EARLY,), True),
    (
        N.NO_FIRST_CONTACT_FOUND,
        ((A.CHECK_ADMISSIBILITY, replace(ADMISSIBLE, grounds=("political",))),),
        False,
    ),
    (N.SERVICE_CONTACTED, (PREPARED,), False),
    (N.SERVICE_CONTACTED, (PREPARED, RELEASED), True),
    (N.SERVICE_CONTACTED, (PREPARED, RELEASED, WITHDRAWN), True),
    (N.SERVICE_NOT_CONTACTED, (PREPARED, WITHDRAWN), True),
    (N.SERVICE_NOT_CONTACTED, (PREPARED, RELEASED, A.REOPEN), False),
    (N.A_NORM_BREACHED, (_norm(NormVerdict.MET),), False),
    (N.A_NORM_BREACHED, (_norm(NormVerdict.BREACHED),), True),
    (N.A_NORM_BREACHED, (_norm(NormVerdict.BREACHED), _norm(NormVerdict.MET)), False),
    (N.A_NORM_BREACHED, (_norm(NormVerdict.BREACHED), _norm(NormVerdict.MET, "trust")), True),
    (N.A_NORM_ASSESSED, (_norm(NormVerdict.NOT_ASSESSED),), False),
    (N.A_NORM_ASSESSED, ((A.ASSESS_NORM, UPHELD),), True),
    (N.NO_NORM_BREACHED, (), True),
    (N.NO_NORM_BREACHED, (_norm(NormVerdict.BREACHED),), False),
    (N.SCOPE_CHECKED, (), False),
    (N.SCOPE_CHECKED, (SCOPED,), True),
    (N.SCOPE_CHECKED, (SCOPED, A.REOPEN), False),
    (N.IN_SCOPE, (), False),
    (N.IN_SCOPE, (SCOPED,), True),
    (N.IN_SCOPE, ((A.CHECK_SCOPE, UNCLEAR_SCOPE),), True),
    (N.IN_SCOPE, ((A.CHECK_SCOPE, OUT_OF_SCOPE),), False),
    (N.IN_SCOPE, ((A.CHECK_SCOPE, replace(IN_SCOPE, conflict_free=False)),), False),
    (N.OUT_OF_SCOPE, (SCOPED,), False),
    (N.OUT_OF_SCOPE, ((A.CHECK_SCOPE, OUT_OF_SCOPE),), True),
    (N.OUT_OF_SCOPE, ((A.CHECK_SCOPE, replace(IN_SCOPE, general_interest=Met.NOT_MET)),), True),
    (N.INTERNAL_CHANNEL_CHECKED, (SCOPED,), False),
    (N.INTERNAL_CHANNEL_CHECKED, (CHANNEL,), True),
    (N.INTERNAL_CHANNEL_CHECKED, (CHANNEL, A.REPORTER_CHOSE_EXTERNAL), True),
    (N.INTERNAL_CHANNEL_CHECKED, (CHANNEL, A.REOPEN), False),
    (N.EXTERNAL_NOT_CHOSEN, (CHANNEL,), True),
    (N.EXTERNAL_NOT_CHOSEN, (CHANNEL, A.REPORTER_CHOSE_EXTERNAL), False),
    (N.EXTERNAL_NOT_CHOSEN, (A.REPORTER_CHOSE_EXTERNAL, A.REOPEN), False),
    (N.NOT_YET_EXTENDED, (), True),
    (N.NOT_YET_EXTENDED, (A.EXTEND_FEEDBACK,), False),
    (N.NOT_YET_EXTENDED, (A.EXTEND_FEEDBACK, A.REOPEN), True),
    (N.FEEDBACK_RUNNING, (), False),
    (N.FINDINGS_RECORDED, (), False),
    (N.FINDINGS_RECORDED, ((A.RECORD_FINDINGS, FOUND),), True),
    (N.LINK_FOUND, ((A.CHECK_LINK, LINKED),), True),
    (N.LINK_FOUND, ((A.CHECK_LINK, UNSURE),), False),
    (N.LINK_FOUND, ((A.CHECK_LINK, LINKED), A.REOPEN), False),
    (N.NO_LINK_FOUND, (), False),
    (N.NO_LINK_FOUND, ((A.CHECK_LINK, UNSURE),), False),
    (N.NO_LINK_FOUND, ((A.CHECK_LINK, NOT_LINKED),), True),
    (N.CONSENT_GIVEN, (), False),
    (N.CONSENT_GIVEN, ((A.RECORD_CONSENT, AGREED),), True),
    (N.CONSENT_GIVEN, ((A.RECORD_CONSENT, AGREED), (A.RECORD_CONSENT, TAKEN_BACK)), False),
    (N.JUSTIFICATION_ACCEPTED, (), False),
    (N.JUSTIFICATION_ACCEPTED, (_justified(JustificationVerdict.SUFFICIENT),), True),
    (N.JUSTIFICATION_REFUSED, (), False),
    (N.JUSTIFICATION_REFUSED, (_justified(JustificationVerdict.NONE_GIVEN),), True),
    (N.JUSTIFICATION_REFUSED, ((A.ASSESS_JUSTIFICATION, NOT_JUSTIFIED), A.REOPEN), False),
    (N.RECOMMENDED, (), False),
    (N.RECOMMENDED, (RECOMMENDED,), True),
    (N.A_CONSULTATION_PREPARED, (PREPARED,), True),
    (N.A_CONSULTATION_PREPARED, (PREPARED, RELEASED), False),
    (N.A_CONSULTATION_PREPARED, (PREPARED, WITHDRAWN), False),
    (N.A_CONSULTATION_OPEN, (PREPARED,), False),
    (N.A_CONSULTATION_OPEN, (PREPARED, RELEASED), True),
    (N.A_CONSULTATION_OPEN, (PREPARED, RELEASED, ANSWERED), False),
    (N.A_CONSULTATION_UNFINISHED, (), False),
    (N.A_CONSULTATION_UNFINISHED, (PREPARED,), True),
    (N.NO_CONSULTATION_UNFINISHED, (PREPARED, RELEASED), False),
    (N.NO_CONSULTATION_UNFINISHED, (PREPARED, RELEASED, ANSWERED), True),
    (N.NO_CONSULTATION_UNFINISHED, (PREPARED, WITHDRAWN), True),
    (N.ON_HOLD, (), False),
    (N.ON_HOLD, (A.HOLD_ERASURE,), True),
    (N.ON_HOLD, (A.HOLD_ERASURE, A.REOPEN), True),
    (N.ON_HOLD, (A.HOLD_ERASURE, A.LIFT_HOLD), False),
    (N.NOT_ON_HOLD, (), True),
    (N.NOT_ON_HOLD, (A.HOLD_ERASURE,), False),
    (N.A_RECOMMENDATION_OPEN, (), False),
    (N.A_RECOMMENDATION_OPEN, (RECOMMENDED,), True),
    (N.A_RECOMMENDATION_OPEN, (RECOMMENDED, _answer(RecommendationResponse.ACCEPTED)), True),
    (N.A_RECOMMENDATION_OPEN, (RECOMMENDED, _answer(RecommendationResponse.REFUSED)), False),
    (N.A_RECOMMENDATION_OPEN, (RECOMMENDED, _answer(RecommendationResponse.IMPLEMENTED)), False),
]


def test_every_need_is_tried() -> None:
    assert {need for need, _, _ in CASES} | {Need.A_NOTICE_WAITING} == set(Need)


@pytest.mark.parametrize(
    ("facts", "released_by", "waits"),
    [
        (REPORT, b"", True),
        (REPORT, b"b" * 16, False),
        (COMPLAINT, b"", False),
        (complaint(identity_withheld=True), b"", True),
        (complaint(identity_withheld=True), b"b" * 16, False),
        (PROTECTION, b"", False),
    ],
)
def test_a_letter_waits_where_the_person_must_not_be_known(
    facts: Facts, released_by: bytes, waits: bool
) -> None:
    notice = NoticeFile(3, Action.RECOMMEND, b"a" * 16, released_by)
    file = CaseFile(State.RECEIVED, facts, Dossier(notices={3: notice}))

    assert PREDICATES[Need.A_NOTICE_WAITING](file) is waits


@pytest.mark.parametrize(("need", "steps", "held"), CASES)
def test_the_file_holds_what_its_steps_say(need: Need, steps: tuple[Any, ...], held: bool) -> None:
    # No rule looks at the flow: the steps that a flow does not know are not in its table.
    assert PREDICATES[need](case_file(Flow.COMPLAINT, State.RECEIVED, *steps)) is held


def test_feedback_can_be_extended_only_while_it_is_owed() -> None:
    file = case_file(Flow.REPORT, State.ROUTING, running=frozenset({ClockKind.FEEDBACK}))

    assert PREDICATES[Need.FEEDBACK_RUNNING](file)


USED = InternalChannelCheck(used=True, when="May", follow_up=FollowUp.NOT_GIVEN)


def _why(*reasons: InternalReason, detail: str = "") -> InternalChannelCheck:
    return InternalChannelCheck(used=False, reasons=reasons, detail=detail)


PROPOSALS: list[tuple[InternalChannelCheck | None, Reprisals | None, bool, bool]] = [
    # The check, the reprisals and the choice of the reporter; whether the external one is proposed.
    (None, Reprisals.FEARED, True, False),
    (USED, Reprisals.NONE, False, True),
    (replace(USED, follow_up=FollowUp.UNKNOWN), Reprisals.NONE, False, True),
    (replace(USED, follow_up=FollowUp.GIVEN), Reprisals.NONE, False, False),
    (replace(USED, follow_up=FollowUp.GIVEN), Reprisals.FEARED, False, True),
    (replace(USED, follow_up=FollowUp.GIVEN), Reprisals.NONE, True, True),
    (_why(InternalReason.DID_NOT_KNOW), Reprisals.NONE, False, False),
    (_why(InternalReason.DID_NOT_KNOW), None, False, False),
    (_why(InternalReason.DID_NOT_KNOW), Reprisals.FEARED, False, True),
    (_why(InternalReason.DID_NOT_KNOW), Reprisals.HAPPENED, False, True),
    (_why(InternalReason.DID_NOT_KNOW), Reprisals.NONE, True, True),
    (_why(InternalReason.DID_NOT_KNOW, detail="nobody told me"), Reprisals.NONE, False, False),
    (_why(detail="my chief reads all mail"), Reprisals.NONE, False, True),
    (_why(InternalReason.DID_NOT_KNOW, InternalReason.NONE_EXISTS), Reprisals.NONE, False, True),
    *(
        (_why(reason), Reprisals.NONE, False, True)
        for reason in InternalReason
        if reason is not InternalReason.DID_NOT_KNOW
    ),
]


@pytest.mark.parametrize(("check", "reprisals", "chosen", "proposed"), PROPOSALS)
def test_the_external_channel_is_proposed_for_the_reasons_of_the_law(
    check: InternalChannelCheck | None, reprisals: Reprisals | None, chosen: bool, proposed: bool
) -> None:
    file = CaseFile(
        State.ROUTING,
        replace(REPORT, reprisals=reprisals),
        replace(files.dossier(), internal_channel=check, chose_external=chosen),
    )

    assert external_proposed(file) is proposed
    against = {
        action
        for action in (A.ACCEPT_EXTERNAL, A.ADVISE_INTERNAL)
        if wants_reason(Guard.AGAINST_THE_PROPOSAL, action, file)
    }
    assert against == {A.ADVISE_INTERNAL if proposed else A.ACCEPT_EXTERNAL}


def test_no_number_of_days_since_the_internal_report_changes_the_proposal() -> None:
    # The rule of thirty days was in the text before 2023.
    for when in ("yesterday", "29 days ago", "31 days ago", "last year"):
        check = replace(USED, when=when, follow_up=FollowUp.GIVEN)
        dossier = replace(files.dossier(), internal_channel=check)

        assert not external_proposed(CaseFile(State.ROUTING, CALM, dossier))


def test_accepting_a_complaint_against_the_check_needs_a_reason() -> None:
    against = case_file(Flow.COMPLAINT, State.ADMISSIBILITY, TOO_EARLY)
    along = case_file(Flow.COMPLAINT, State.ADMISSIBILITY, CHECKED)

    assert wants_reason(Guard.AGAINST_THE_CHECK, A.ACCEPT, against)
    assert not wants_reason(Guard.AGAINST_THE_CHECK, A.ACCEPT, along)
    assert not wants_reason(None, A.ACCEPT, against)
