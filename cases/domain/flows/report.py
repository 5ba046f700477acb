"""The report of abuse: scope, internal channel, route, investigation, feedback, conclusions.

Sources: Directive (EU) 2019/1937, chapters III and V, and the joint decree and ordinance of
16 May 2019, articles 14/1 to 16, as amended on 27 April 2023. The state `routing` is reached
through the check of the internal channel and in no other way, so nothing can skip it. The reporter
may always choose the external channel; the office's proposal is advice (article 10).
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

REPORT_OPEN = (
    State.RECEIVED,
    State.ASSESSMENT,
    State.ROUTING,
    State.ADVISED_INTERNAL,
    State.INVESTIGATION,
)
REPORT_OUTCOMES = (
    State.CONCLUDED,
    State.TRANSMITTED,
    State.INADMISSIBLE,
    State.DISMISSED,
    State.ADVISED_INTERNAL,
)
_ROUTED_OR_NOT = (State.ASSESSMENT, State.ROUTING)
_BEFORE_CONCLUSION = (*_ROUTED_OR_NOT, State.INVESTIGATION)
_DECIDED = (ClockKind.FEEDBACK, ClockKind.NEWS)


def _dismissed(action: Action, source: str) -> Transition:
    return Transition(
        Flow.REPORT,
        action,
        _BEFORE_CONCLUSION,
        State.DISMISSED,
        reason_required=True,
        needs=(Need.SCOPE_CHECKED,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source=source,
    )


REPORT_TRANSITIONS = (
    Transition(
        Flow.REPORT,
        Action.ACKNOWLEDGE,
        (State.RECEIVED,),
        State.ASSESSMENT,
        permission=Permission.HANDLE_CASES,
        stops=(ClockKind.ACKNOWLEDGEMENT,),
        gives_reference=True,
        source="directive, article 11(2)(b)",
    ),
    Transition(
        Flow.REPORT,
        Action.WAIVE_ACKNOWLEDGEMENT,
        (State.RECEIVED,),
        State.ASSESSMENT,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        reason_required=True,
        detail=Detail.WAIVER,
        stops=(ClockKind.ACKNOWLEDGEMENT,),
        gives_reference=True,
        source="directive, article 11(2)(b): not asked for, or a danger",
    ),
    Transition(
        Flow.REPORT,
        Action.CHECK_SCOPE,
        _ROUTED_OR_NOT,
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.SCOPE,
        source="directive, articles 2, 4 and 6; decree and ordinance, article 15",
    ),
    Transition(
        Flow.REPORT,
        Action.CHECK_INTERNAL_CHANNEL,
        _ROUTED_OR_NOT,
        State.ROUTING,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.INTERNAL_CHANNEL,
        needs=(Need.IN_SCOPE,),
        source="directive, articles 7(2) and 10; amendment of 27 April 2023",
    ),
    Transition(
        Flow.REPORT,
        Action.ACCEPT_EXTERNAL,
        (State.ROUTING, State.ADVISED_INTERNAL),
        State.INVESTIGATION,
        needs=(Need.INTERNAL_CHANNEL_CHECKED,),
        guard=Guard.AGAINST_THE_PROPOSAL,
        source="directive, articles 10 and 11(2)(c)",
    ),
    Transition(
        Flow.REPORT,
        Action.ADVISE_INTERNAL,
        (State.ROUTING,),
        State.ADVISED_INTERNAL,
        needs=(Need.INTERNAL_CHANNEL_CHECKED, Need.EXTERNAL_NOT_CHOSEN),
        guard=Guard.AGAINST_THE_PROPOSAL,
        source="directive, article 7(2): encouraged, never a condition",
    ),
    Transition(
        Flow.REPORT,
        Action.REPORTER_CHOSE_EXTERNAL,
        (State.ADVISED_INTERNAL,),
        State.ROUTING,
        actor=Actor.REPORTER,
        message_required=False,
        source="directive, article 10: the reporter's choice",
    ),
    Transition(
        Flow.REPORT,
        Action.TRANSMIT,
        _BEFORE_CONCLUSION,
        State.TRANSMITTED,
        detail=Detail.TRANSMISSION,
        needs=(Need.SCOPE_CHECKED,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source="directive, article 11(6)",
    ),
    Transition(
        Flow.REPORT,
        Action.DECLARE_INADMISSIBLE,
        _ROUTED_OR_NOT,
        State.INADMISSIBLE,
        reason_required=True,
        needs=(Need.OUT_OF_SCOPE,),
        stops=_DECIDED,
        source="directive, articles 2 and 4; the other channel is named",
    ),
    _dismissed(Action.DISMISS_MINOR, "directive, article 11(3)"),
    _dismissed(Action.DISMISS_REPETITIVE, "directive, article 11(4)"),
    Transition(
        Flow.REPORT,
        Action.EXTEND_FEEDBACK,
        (*_BEFORE_CONCLUSION, State.ADVISED_INTERNAL),
        None,
        reason_required=True,
        needs=(Need.FEEDBACK_RUNNING, Need.NOT_YET_EXTENDED),
        extends=(ClockKind.FEEDBACK,),
        source="directive, article 11(2)(d): six months in duly justified cases",
    ),
    Transition(
        Flow.REPORT,
        Action.GIVE_FEEDBACK,
        (State.INVESTIGATION,),
        None,
        permission=Permission.HANDLE_CASES,
        starts=(ClockKind.NEWS,),
        stops=(ClockKind.FEEDBACK,),
        source="directive, article 11(2)(d)",
    ),
    Transition(
        Flow.REPORT,
        Action.RECORD_FINDINGS,
        (State.INVESTIGATION,),
        None,
        permission=Permission.HANDLE_CASES,
        message_required=False,
        detail=Detail.FINDINGS,
        source="directive, articles 11(2)(c) and 27(2)(c)",
    ),
    Transition(
        Flow.REPORT,
        Action.CONCLUDE,
        (State.INVESTIGATION,),
        State.CONCLUDED,
        needs=(Need.FINDINGS_RECORDED,),
        notice=Notice.IF_CONTACTED,
        stops=_DECIDED,
        source="directive, article 11(2)(e): the final outcome",
    ),
    Transition(
        Flow.REPORT,
        Action.RECORD_DISCLOSURE,
        (*REPORT_OPEN, State.CONCLUDED),
        None,
        message_required=False,
        detail=Detail.DISCLOSURE,
        source="directive, article 16(2) and (3)",
    ),
    Transition(
        Flow.REPORT,
        Action.CLOSE,
        REPORT_OUTCOMES,
        State.CLOSED,
        message_required=False,
        detail=Detail.RETENTION,
        needs=(Need.NO_CONSULTATION_UNFINISHED,),
        stops=STOPPED_BY_CLOSING,
        source="directive, article 18(1)",
    ),
    # A reopened report owes its author feedback again.
    Transition(
        Flow.REPORT,
        Action.REOPEN,
        (State.CLOSED,),
        State.ASSESSMENT,
        permission=Permission.REOPEN_CASES,
        message_required=False,
        reason_required=True,
        starts=(ClockKind.FEEDBACK,),
        source="European Ombudsman: review of own decisions",
    ),
)
