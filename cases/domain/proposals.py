"""What the answers already say, for each check of the office: where its screens start from.

A proposal decides nothing. Whoever checks the case changes what is wrong in it, and what the
answers leave open stays `unclear` or empty: nothing here guesses against a person.
"""

from collections.abc import Iterator
from datetime import date

from cases.domain.clocks import years_later
from cases.domain.details import (
    AdmissibilityCheck,
    Consent,
    InternalChannelCheck,
    LinkCheck,
    Met,
    ScopeCheck,
)
from cases.domain.facts import (
    AUTHORITY_OTHER,
    AUTHORITY_UNKNOWN,
    ComplainantIdentity,
    ComplaintFacts,
    ContactedFirst,
    InternalChannel,
    Proceedings,
    ProtectionFacts,
    ProtectionGround,
    Relation,
    ReportFacts,
    YesNo,
)
from cases.domain.flows import Flow
from cases.domain.reference import ReferenceData

# Codes of the grounds of refusal that the answers can show.
_NOT_COMPETENT = "not_competent"
_NO_FIRST_CONTACT = "no_first_contact"
_TOO_OLD = "facts_too_old"
_PROCEEDINGS = "proceedings_pending"
_NO_IDENTITY = "identity_unknown"


def admissibility(
    facts: ComplaintFacts, received_on: date, rules: ReferenceData
) -> AdmissibilityCheck:
    """The three conditions of the office's complaint page, as they stood on the day of lodging.

    A ground of refusal that the office does not use is not proposed, and its condition stays
    unclear. Proceedings and an unknown identity are grounds of the federal act of 22 March 1995,
    which stood model for the Brussels text.

    Args:
        facts: the answers.
        received_on: the day of lodging; what changes later does not count.
        rules: the reference data.
    """
    used = frozenset(ground.code for ground in rules.grounds_on(received_on))
    found = {
        _NOT_COMPETENT: _competent(facts.authority, Flow.COMPLAINT, received_on, rules),
        _NO_FIRST_CONTACT: _contacted(facts.contacted_first),
        _TOO_OLD: _recent(facts.facts_on, received_on, int(rules.setting("complaint.years"))),
    }
    conditions = {
        code: Met.UNCLEAR if met is Met.NOT_MET and code not in used else met
        for code, met in found.items()
    }
    shown = [code for code, met in conditions.items() if met is Met.NOT_MET]
    return AdmissibilityCheck(
        competent=conditions[_NOT_COMPETENT],
        contacted=conditions[_NO_FIRST_CONTACT],
        recent=conditions[_TOO_OLD],
        grounds=(*shown, *(code for code in _other_grounds(facts) if code in used)),
    )


def scope(facts: ReportFacts, received_on: date, rules: ReferenceData) -> ScopeCheck:
    """Person (directive, article 4), facts and service (decree and ordinance, articles 2 and 15).

    Whether the general interest is harmed, and whether those who handle the report are free of
    conflicts, is never in the answers: the first stays unclear, the second is presumed and checked.
    """
    known = frozenset(breach.code for breach in rules.breaches_on(received_on))
    breaches = tuple(code for code in facts.breaches if code in known)
    in_professional_context = facts.relation not in (None, Relation.OTHER)
    return ScopeCheck(
        person=Met.MET if in_professional_context else Met.UNCLEAR,
        facts=Met.MET if breaches else Met.UNCLEAR,
        service=_competent(facts.authority, Flow.REPORT, received_on, rules),
        general_interest=Met.UNCLEAR,
        conflict_free=True,
        breaches=breaches,
    )


def internal_channel(facts: ReportFacts) -> InternalChannelCheck:
    """What the person said of the channel inside the service (directive, articles 7(2) and 10)."""
    if facts.internal_channel is InternalChannel.USED:
        return InternalChannelCheck(
            used=True,
            when=facts.internal_when,
            to_whom=facts.internal_to,
            result=facts.internal_result,
            follow_up=facts.internal_follow_up,
        )
    return InternalChannelCheck(
        used=False, reasons=facts.internal_reasons, detail=facts.internal_reason_detail
    )


def link(facts: ProtectionFacts) -> LinkCheck:
    """What the person relies on; whether the measure has to do with it is for the office to say.

    Source: procedure for protection, step 1. Somebody who did not say what she did is taken to
    have reported inside the service, where no report of ours is looked for.
    """
    return LinkCheck(
        report=facts.ground or ProtectionGround.REPORTED_INTERNALLY,
        linked=Met.UNCLEAR,
        why="",
        report_reference=facts.report_reference,
    )


def consent(facts: ProtectionFacts, received_on: date) -> Consent | None:
    """Whether the employer may be asked, as the form said; None where it was left open.

    Source: procedure for protection, before step 2.
    """
    if facts.may_contact_employer is None:
        return None
    return Consent(
        given=facts.may_contact_employer is YesNo.YES, how=facts.taken_by, given_on=received_on
    )


def _competent(authority: str, flow: Flow, on: date, rules: ReferenceData) -> Met:
    if authority in ("", AUTHORITY_UNKNOWN, AUTHORITY_OTHER):
        return Met.UNCLEAR
    found = rules.competence(authority, flow, on)
    if not found.on_record:
        return Met.UNCLEAR
    return Met.MET if found.competent else Met.NOT_MET


def _contacted(answer: ContactedFirst | None) -> Met:
    if answer is None:
        return Met.UNCLEAR
    return Met.NOT_MET if answer is ContactedFirst.NO else Met.MET


def _recent(facts_on: date | None, received_on: date, years: int) -> Met:
    """Less than so many calendar years: on the same day of the last year it is too late."""
    if facts_on is None:
        return Met.UNCLEAR
    return Met.MET if received_on < years_later(facts_on, years) else Met.NOT_MET


def _other_grounds(facts: ComplaintFacts) -> Iterator[str]:
    if facts.proceedings in (Proceedings.COURT, Proceedings.APPEAL):
        yield _PROCEEDINGS
    if _nameless(facts.identity):
        yield _NO_IDENTITY


def _nameless(identity: ComplainantIdentity) -> bool:
    # A name without a way to reach the person is an identity; an address alone may be one too.
    return not any((identity.name, identity.email, identity.phone, identity.address))
