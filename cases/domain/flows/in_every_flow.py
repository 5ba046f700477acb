"""What every flow knows: consultations, recommendations, priority, minutes, links, keeping.

A consultation is a question to a public service (documents, its view, a request to put something
right, an employer's justification). It is prepared, released and answered; about a report, the
second person who releases it is never the one who prepared it.
"""

from cases.domain.flows.complaint import COMPLAINT_OPEN, COMPLAINT_OUTCOMES
from cases.domain.flows.protection import PROTECTION_OPEN, PROTECTION_OUTCOMES
from cases.domain.flows.report import REPORT_OPEN, REPORT_OUTCOMES
from cases.domain.flows.vocabulary import (
    FINAL_STATE,
    Action,
    Actor,
    ClockKind,
    Detail,
    Flow,
    Need,
    Notice,
    State,
    Transition,
)
from cases.domain.roles import Permission

_OPEN = {
    Flow.COMPLAINT: COMPLAINT_OPEN,
    Flow.REPORT: REPORT_OPEN,
    Flow.PROTECTION: PROTECTION_OPEN,
}
_OUTCOMES = {
    Flow.COMPLAINT: COMPLAINT_OUTCOMES,
    Flow.REPORT: REPORT_OUTCOMES,
    Flow.PROTECTION: PROTECTION_OUTCOMES,
}
# Where a public service may be asked something: after founded, to put it right.
_CONSULTED = {
    Flow.COMPLAINT: (
        State.DOCUMENTS,
        State.EXAMINATION,
        State.FOUNDED,
        State.PARTLY_FOUNDED,
    ),
    Flow.REPORT: (State.INVESTIGATION,),
    Flow.PROTECTION: (State.JUSTIFICATION,),
}
_RECOMMENDED = {
    Flow.COMPLAINT: (
        State.EXAMINATION,
        State.RECONCILED,
        State.FOUNDED,
        State.PARTLY_FOUNDED,
        State.UNFOUNDED,
    ),
    Flow.REPORT: (State.INVESTIGATION, State.CONCLUDED),
    Flow.PROTECTION: (State.JUSTIFICATION, State.REPRISAL),
}


def _not_closed(flow: Flow) -> tuple[State, ...]:
    # Being advised to use the internal channel is both open and an outcome.
    return tuple(dict.fromkeys((*_OPEN[flow], *_OUTCOMES[flow])))


def _consultation(flow: Flow) -> tuple[Transition, ...]:
    source = "procedure, hearing the service; directive, articles 16 and 22"
    open_somehow = _not_closed(flow)
    # An employer is asked with the person's consent, which she may take back.
    agreed = (Need.CONSENT_GIVEN,) if flow is Flow.PROTECTION else ()
    return (
        Transition(
            flow,
            Action.PREPARE_CONSULTATION,
            _CONSULTED[flow],
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            detail=Detail.CONSULTATION,
            needs=agreed,
            source=source,
        ),
        Transition(
            flow,
            Action.RELEASE_CONSULTATION,
            # Not after an outcome: nobody learns of a case that the service is not to know of.
            _CONSULTED[flow],
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            detail=Detail.CONSULTATION_RELEASE,
            needs=(Need.A_CONSULTATION_PREPARED, *agreed),
            starts=(ClockKind.CONSULTATION,),
            source=source,
        ),
        Transition(
            flow,
            Action.RECORD_SERVICE_ANSWER,
            open_somehow,
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            detail=Detail.SERVICE_ANSWER,
            needs=(Need.A_CONSULTATION_OPEN,),
            stops=(ClockKind.CONSULTATION,),
            source=source,
        ),
        Transition(
            flow,
            Action.SERVICE_ANSWERED,
            open_somehow,
            None,
            actor=Actor.SERVICE,
            message_required=False,
            detail=Detail.SERVICE_ANSWER,
            needs=(Need.A_CONSULTATION_OPEN,),
            stops=(ClockKind.CONSULTATION,),
            source=source,
        ),
        Transition(
            flow,
            Action.WITHDRAW_CONSULTATION,
            open_somehow,
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            detail=Detail.CONSULTATION_WITHDRAWAL,
            needs=(Need.A_CONSULTATION_UNFINISHED,),
            stops=(ClockKind.CONSULTATION,),
            source=source,
        ),
    )


def _notice_release(flow: Flow) -> Transition:
    """What leaves the office about somebody who must not be known is read by a second person."""
    return Transition(
        flow,
        Action.RELEASE_NOTICE,
        (*_not_closed(flow), FINAL_STATE),
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.NOTICE_RELEASE,
        needs=(Need.A_NOTICE_WAITING,),
        source="directive, article 16: the identity of the reporter",
    )


def _recommendation(flow: Flow) -> tuple[Transition, ...]:
    source = "procedure, step 6: structural follow-up"
    return (
        Transition(
            flow,
            Action.RECOMMEND,
            _RECOMMENDED[flow],
            None,
            message_required=False,
            notice=Notice.ALWAYS,
            detail=Detail.RECOMMENDATION,
            # An employer reads nothing after the consent to ask was taken back.
            needs=(Need.CONSENT_GIVEN,) if flow is Flow.PROTECTION else (),
            starts=(ClockKind.RECOMMENDATION,),
            source=source,
        ),
        # Followed up after closing too.
        Transition(
            flow,
            Action.ANSWER_RECOMMENDATION,
            (*_not_closed(flow), FINAL_STATE),
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            detail=Detail.RECOMMENDATION_ANSWER,
            needs=(Need.A_RECOMMENDATION_OPEN,),
            stops=(ClockKind.RECOMMENDATION,),
            source=source,
        ),
    )


def _record(
    flow: Flow,
    action: Action,
    detail: Detail,
    source: str,
    sources: tuple[State, ...],
    *,
    reason: bool = False,
) -> Transition:
    return Transition(
        flow,
        action,
        sources,
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        reason_required=reason,
        detail=detail,
        source=source,
    )


def _keeping(flow: Flow) -> tuple[Transition, ...]:
    source = "Regulation (EU) 2016/679, article 5(1)(e); directive, article 18(1)"
    everywhere = (*_not_closed(flow), FINAL_STATE)
    return (
        # A case that was closed before periods were chosen gets one; another period has a reason.
        _record(flow, Action.SET_RETENTION, Detail.RETENTION, source, (FINAL_STATE,), reason=True),
        # Whoever handles a case learns of proceedings first. Ending the hold takes a head.
        Transition(
            flow,
            Action.HOLD_ERASURE,
            everywhere,
            None,
            permission=Permission.HANDLE_CASES,
            message_required=False,
            reason_required=True,
            needs=(Need.NOT_ON_HOLD,),
            source="Regulation (EU) 2016/679, articles 17(3)(e) and 18(1)(c)",
        ),
        Transition(
            flow,
            Action.LIFT_HOLD,
            everywhere,
            None,
            permission=Permission.ERASE_CASES,
            message_required=False,
            reason_required=True,
            needs=(Need.ON_HOLD,),
            source="Regulation (EU) 2016/679, articles 17(3)(e) and 18(1)(c)",
        ),
    )


def _shared(flow: Flow) -> tuple[Transition, ...]:
    open_somehow = _not_closed(flow)
    return (
        *_consultation(flow),
        *_recommendation(flow),
        _record(
            flow,
            Action.PRIORITISE,
            Detail.PRIORITY,
            "directive, article 11(5): other deadlines stay",
            _OPEN[flow],
            reason=True,
        ),
        _record(
            flow,
            Action.RECORD_MINUTES,
            Detail.MINUTES,
            "directive, article 18(2) to (4); decree and ordinance, article 15 §3",
            open_somehow,
        ),
        _record(
            flow,
            Action.NOTIFY_PROSECUTOR,
            Detail.PROSECUTOR_NOTICE,
            "Code of Criminal Procedure, article 29",
            open_somehow,
        ),
        _record(
            flow,
            Action.LINK_CASE,
            Detail.CASE_LINK,
            "procedure: same facts, same service, duplicates, another flow",
            (*open_somehow, FINAL_STATE),
        ),
        *_keeping(flow),
    )


def _invitation(flow: Flow) -> Transition:
    return Transition(
        flow,
        Action.INVITE_OTHER_FLOW,
        _OPEN[flow],
        None,
        permission=Permission.HANDLE_CASES,
        detail=Detail.OTHER_FLOW,
        source="procedure: a complaint that turns out to be a report, and the reverse",
    )


SHARED_TRANSITIONS = (
    *(row for flow in Flow for row in _shared(flow)),
    # Whoever asks for protection agrees that the employer knows.
    *(_notice_release(flow) for flow in (Flow.COMPLAINT, Flow.REPORT)),
    *(_invitation(flow) for flow in (Flow.COMPLAINT, Flow.REPORT)),
)
