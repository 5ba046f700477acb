"""What the file must hold before a step, and when a step asks for a written reason.

One predicate for each `Need` and each `Guard`; the tests prove that none is missing.
"""

from collections.abc import Callable

from cases.domain.case_file import CaseFile
from cases.domain.details import JustificationVerdict, Met, NormVerdict
from cases.domain.facts import FollowUp, InternalReason, ReportFacts, Reprisals
from cases.domain.flows import Action, ClockKind, Guard, Need

NO_FIRST_CONTACT = "no_first_contact"  # the ground's code in the reference data

Predicate = Callable[[CaseFile], bool]


def _norm_found(file: CaseFile, verdict: NormVerdict) -> bool:
    return any(each.verdict is verdict for each in file.dossier.norms.values())


def _a_norm_assessed(file: CaseFile) -> bool:
    return any(each.verdict is not NormVerdict.NOT_ASSESSED for each in file.dossier.norms.values())


def _grounds(file: CaseFile) -> tuple[str, ...]:
    return file.dossier.admissibility.grounds if file.dossier.admissibility else ()


def _in_scope(file: CaseFile) -> bool:
    scope = file.dossier.scope
    return scope is not None and scope.conflict_free and Met.NOT_MET not in scope.conditions


def _out_of_scope(file: CaseFile) -> bool:
    return file.dossier.scope is not None and Met.NOT_MET in file.dossier.scope.conditions


def _linked(file: CaseFile, met: Met) -> bool:
    return file.dossier.link is not None and file.dossier.link.linked is met


def _justified(file: CaseFile) -> bool | None:
    found = file.dossier.justification
    return None if found is None else found.verdict is JustificationVerdict.SUFFICIENT


PREDICATES: dict[Need, Predicate] = {
    Need.ADMISSIBILITY_CHECKED: lambda file: file.dossier.admissibility is not None,
    Need.A_GROUND_FOUND: lambda file: bool(_grounds(file)),
    Need.NO_FIRST_CONTACT_FOUND: lambda file: NO_FIRST_CONTACT in _grounds(file),
    Need.SERVICE_CONTACTED: lambda file: file.dossier.service_contacted,
    Need.SERVICE_NOT_CONTACTED: lambda file: not file.dossier.service_contacted,
    Need.A_NORM_BREACHED: lambda file: _norm_found(file, NormVerdict.BREACHED),
    Need.A_NORM_ASSESSED: _a_norm_assessed,
    Need.NO_NORM_BREACHED: lambda file: not _norm_found(file, NormVerdict.BREACHED),
    Need.SCOPE_CHECKED: lambda file: file.dossier.scope is not None,
    Need.IN_SCOPE: _in_scope,
    Need.OUT_OF_SCOPE: _out_of_scope,
    Need.INTERNAL_CHANNEL_CHECKED: lambda file: file.dossier.internal_channel is not None,
    Need.EXTERNAL_NOT_CHOSEN: lambda file: not file.dossier.chose_external,
    Need.NOT_YET_EXTENDED: lambda file: not file.dossier.extended,
    Need.FEEDBACK_RUNNING: lambda file: ClockKind.FEEDBACK in file.running,
    Need.FINDINGS_RECORDED: lambda file: file.dossier.findings is not None,
    Need.LINK_FOUND: lambda file: _linked(file, Met.MET),
    Need.NO_LINK_FOUND: lambda file: _linked(file, Met.NOT_MET),
    Need.CONSENT_GIVEN: lambda file: (
        file.dossier.consent is not None and file.dossier.consent.given
    ),
    Need.JUSTIFICATION_ACCEPTED: lambda file: _justified(file) is True,
    Need.JUSTIFICATION_REFUSED: lambda file: _justified(file) is False,
    Need.RECOMMENDED: lambda file: bool(file.dossier.recommendations),
    Need.A_CONSULTATION_PREPARED: lambda file: any(
        each.prepared for each in file.dossier.consultations.values()
    ),
    Need.A_CONSULTATION_OPEN: lambda file: any(
        each.open for each in file.dossier.consultations.values()
    ),
    Need.A_CONSULTATION_UNFINISHED: lambda file: _unfinished(file),
    Need.NO_CONSULTATION_UNFINISHED: lambda file: not _unfinished(file),
    Need.A_NOTICE_WAITING: lambda file: any(
        file.notice_waits(position) for position in file.dossier.notices
    ),
    Need.ON_HOLD: lambda file: file.dossier.on_hold,
    Need.NOT_ON_HOLD: lambda file: not file.dossier.on_hold,
    Need.A_RECOMMENDATION_OPEN: lambda file: any(
        each.open for each in file.dossier.recommendations.values()
    ),
}


def _unfinished(file: CaseFile) -> bool:
    return any(not each.finished for each in file.dossier.consultations.values())


def external_proposed(file: CaseFile) -> bool:
    """Whether the answers speak for the external channel; otherwise the internal one is advised.

    Without an internal channel, with reprisals feared or suffered, with those in charge involved,
    by the nature of the facts or for a reason of the person's own, or after an internal report
    without follow-up (decree and ordinance as amended on 27 April 2023). Never because a number of
    days has passed: the rule of thirty days is gone. Not having known of the channel is no reason.
    """
    check = file.dossier.internal_channel
    if check is None:
        return False
    if file.dossier.chose_external or _reprisals(file):
        return True
    if check.used:
        # Not yet followed up may still come; whoever cannot tell is not sent back either.
        return check.follow_up is not FollowUp.GIVEN
    against = set(check.reasons) - {InternalReason.DID_NOT_KNOW}
    # A reason in the person's own words alone is another reason.
    return bool(against) or (not check.reasons and bool(check.detail))


def _reprisals(file: CaseFile) -> bool:
    return isinstance(file.facts, ReportFacts) and file.facts.reprisals in (
        Reprisals.FEARED,
        Reprisals.HAPPENED,
    )


def wants_reason(guard: Guard | None, action: Action, file: CaseFile) -> bool:
    """Whether the step goes against what the file says, so that it needs a written reason."""
    if guard is Guard.AGAINST_THE_CHECK:
        return bool(_grounds(file))
    if guard is Guard.AGAINST_THE_PROPOSAL:
        return external_proposed(file) is not (action is Action.ACCEPT_EXTERNAL)
    return False
