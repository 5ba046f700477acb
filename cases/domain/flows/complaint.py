"""The complaint: admissibility, documents, examination against the norms, outcome.

Sources: the office's complaint page (conditions, steps, who is told of what), the joint decree and
ordinance of 16 May 2019 on the Brussels ombudsman, articles 8 to 14, and for what the office may
refuse the federal act of 22 March 1995, which stood model for it.
"""

from cases.domain.flows.vocabulary import (
    STOPPED_BY_CLOSING,
    Action,
    Actor,
    ClockKind,
    Detail,
    Flow,
    Guard,
    Need,
    Notice,
    State,
    Transition,
)
from cases.domain.roles import Permission

COMPLAINT_OPEN = (
    State.RECEIVED,
    State.ADMISSIBILITY,
    State.WAITING_FOR_SERVICE,
    State.DOCUMENTS,
    State.EXAMINATION,
    State.SUSPENDED,
)
COMPLAINT_OUTCOMES = (
    State.RECONCILED,
    State.FOUNDED,
    State.PARTLY_FOUNDED,
    State.UNFOUNDED,
    State.INADMISSIBLE,
    State.REFERRED,
    State.TRANSMITTED,
    State.WITHDRAWN,
)
_AT_WORK = (State.DOCUMENTS, State.EXAMINATION)
_ADMITTED_OR_NOT = (State.ADMISSIBILITY, *_AT_WORK)
_DECIDED = (ClockKind.ADMISSIBILITY, ClockKind.NEWS)


def _outcome(
    action: Action,
    target: State,
    needs: tuple[Need, ...] = (),
    *,
    notice: Notice = Notice.ALWAYS,
    sources: tuple[State, ...] = (State.EXAMINATION,),
) -> Transition:
    return Transition(
        Flow.COMPLAINT,
        action,
        sources,
        target,
        needs=needs,
        notice=notice,
        stops=(ClockKind.NEWS,),
        source="procedure for complaints, step 5: outcome",
    )


def _comes_back(action: Action, actor: Actor, permission: Permission) -> Transition:
    """Asked to go to the service first is a pause: it ends on anybody's word, or with its day."""
    return Transition(
        Flow.COMPLAINT,
        action,
        (State.WAITING_FOR_SERVICE,),
        State.ADMISSIBILITY,
        permission=permission,
        actor=actor,
        message_required=False,
        starts=(ClockKind.ADMISSIBILITY,),
        stops=(ClockKind.SERVICE_FIRST,),
        source="procedure for complaints, step 2b: the service first",
    )


COMPLAINT_TRANSITIONS = (
    Transition(
        Flow.COMPLAINT,
        Action.ACKNOWLEDGE,
        (State.RECEIVED,),
        State.ADMISSIBILITY,
        permission=Permission.HANDLE_CASES,
        starts=(ClockKind.ADMISSIBILITY,),
        stops=(ClockKind.ACKNOWLEDGEMENT,),
        gives_reference=True,
        source="procedure for complaints, step 1: reference and name of the case handler",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.CHECK_ADMISSIBILITY,
        _ADMITTED_OR_NOT,
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.ADMISSIBILITY,
        source="procedure for complaints, the three conditions",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.ACCEPT,
        (State.ADMISSIBILITY,),
        State.DOCUMENTS,
        needs=(Need.ADMISSIBILITY_CHECKED,),
        guard=Guard.AGAINST_THE_CHECK,
        starts=(ClockKind.NEWS,),
        stops=(ClockKind.ADMISSIBILITY,),
        source="procedure for complaints, step 2c: admissible",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.ASK_SERVICE_FIRST,
        (State.ADMISSIBILITY,),
        State.WAITING_FOR_SERVICE,
        needs=(Need.NO_FIRST_CONTACT_FOUND,),
        starts=(ClockKind.SERVICE_FIRST,),
        stops=(ClockKind.ADMISSIBILITY,),
        source="procedure for complaints, step 2b: the service first",
    ),
    _comes_back(Action.RESUME_AFTER_SERVICE, Actor.STAFF, Permission.HANDLE_CASES),
    _comes_back(Action.REPORTER_CAME_BACK, Actor.REPORTER, Permission.HANDLE_CASES),
    _comes_back(Action.SERVICE_DAY_PASSED, Actor.TIME, Permission.HANDLE_CASES),
    Transition(
        Flow.COMPLAINT,
        Action.DECLARE_INADMISSIBLE,
        _ADMITTED_OR_NOT,
        State.INADMISSIBLE,
        reason_required=True,
        needs=(Need.A_GROUND_FOUND,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source="procedure for complaints, step 2a: the service is not told",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.REFER,
        _ADMITTED_OR_NOT,
        State.REFERRED,
        detail=Detail.REFERRAL,
        needs=(Need.ADMISSIBILITY_CHECKED,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source="procedure for complaints, step 2a: referred to the right body",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.TRANSMIT,
        _ADMITTED_OR_NOT,
        State.TRANSMITTED,
        detail=Detail.TRANSMISSION,
        needs=(Need.ADMISSIBILITY_CHECKED,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source="federal act of 22 March 1995: passed on to another competent ombudsman",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.SUSPEND,
        _AT_WORK,
        State.SUSPENDED,
        reason_required=True,
        suspends=(ClockKind.NEWS,),
        source="federal act of 22 March 1995: a court or an organised appeal on the same facts",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.RESUME,
        (State.SUSPENDED,),
        State.DOCUMENTS,
        resumes=(ClockKind.NEWS,),
        source="federal act of 22 March 1995: the appeal is over",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.START_EXAMINATION,
        (State.DOCUMENTS,),
        State.EXAMINATION,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        source="procedure for complaints, step 4: examination",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.ASSESS_NORM,
        (State.EXAMINATION,),
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.NORM,
        source="procedure for complaints, step 4: law, context and norms",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.SET_IDENTITY_DISCLOSURE,
        COMPLAINT_OPEN,
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.IDENTITY_DISCLOSURE,
        source="Belgian network of ombudsmen: identity kept from the service on request",
    ),
    _outcome(
        Action.CONCLUDE_RECONCILED,
        State.RECONCILED,
        notice=Notice.IF_CONTACTED,
        sources=_AT_WORK,
    ),
    _outcome(
        Action.CONCLUDE_FOUNDED,
        State.FOUNDED,
        (Need.A_NORM_BREACHED, Need.SERVICE_CONTACTED),
    ),
    _outcome(
        Action.CONCLUDE_PARTLY_FOUNDED,
        State.PARTLY_FOUNDED,
        (Need.A_NORM_BREACHED, Need.SERVICE_CONTACTED),
    ),
    _outcome(
        Action.CONCLUDE_UNFOUNDED_ON_PAPERS,
        State.UNFOUNDED,
        (Need.SERVICE_NOT_CONTACTED, Need.NO_NORM_BREACHED),
        notice=Notice.NEVER,
        sources=_AT_WORK,
    ),
    _outcome(
        Action.CONCLUDE_UNFOUNDED,
        State.UNFOUNDED,
        (Need.SERVICE_CONTACTED, Need.A_NORM_ASSESSED, Need.NO_NORM_BREACHED),
    ),
    Transition(
        Flow.COMPLAINT,
        Action.WITHDRAW,
        COMPLAINT_OPEN,
        State.WITHDRAWN,
        reason_required=True,
        notice=Notice.IF_CONTACTED,
        stops=STOPPED_BY_CLOSING,
        source="procedure for complaints: withdrawn by the person",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.CLOSE,
        COMPLAINT_OUTCOMES,
        State.CLOSED,
        message_required=False,
        detail=Detail.RETENTION,
        needs=(Need.NO_CONSULTATION_UNFINISHED,),
        stops=STOPPED_BY_CLOSING,
        source="coordinated laws on the Council of State, article 19: the exact day of closing",
    ),
    Transition(
        Flow.COMPLAINT,
        Action.REOPEN,
        (State.CLOSED,),
        State.ADMISSIBILITY,
        permission=Permission.REOPEN_CASES,
        message_required=False,
        reason_required=True,
        starts=(ClockKind.ADMISSIBILITY,),
        source="European Ombudsman: review of own decisions",
    ),
)
