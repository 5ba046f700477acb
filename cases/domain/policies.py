"""What the rules allow: every answer is `Allowed` or `Denied(reason)`.

Three questions, never mixed: may this person (a permission), does the case allow it (its state
and facts), and can the person see it at all. The last one is answered by keys, before anything
here is asked: whoever cannot open the case gets the same answer as for a case that is not there.
Pages ask the same functions as the actions do.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cases.domain.case_file import CaseFile
from cases.domain.flows import Actor, Notice, Transition
from cases.domain.needs import PREDICATES, wants_reason
from cases.domain.roles import Permission, Role, permissions_of
from cases.reasons import Reason


@dataclass(frozen=True)
class Allowed:
    """Yes; what must be written with it: a reason for the file, a message that the person reads,
    a notice that the public service reads."""

    reason_required: bool = False
    message_required: bool = False
    notice_required: bool = False


@dataclass(frozen=True)
class Denied:
    """No, and the code of the rule that says so."""

    reason: Reason


Verdict = Allowed | Denied


def permitted(roles: Collection[Role], permission: Permission) -> Verdict:
    """About the person only: does one of the roles carry the permission?"""
    if permission in permissions_of(roles):
        return Allowed()
    return Denied(Reason.NO_PERMISSION)


def can_act(transition: Transition, file: CaseFile, roles: Collection[Role]) -> Verdict:
    """Whether a person of the office may take this action on a case as it stands.

    Nobody is asked to write to a mailbox that was deleted.
    """
    if transition.actor is not Actor.STAFF:
        return Denied(Reason.NOT_BY_STAFF)
    verdict = permitted(roles, transition.permission)
    if isinstance(verdict, Denied):
        return verdict
    verdict = fits(transition, file)
    if isinstance(verdict, Denied):
        return verdict
    return Allowed(
        reason_required=transition.reason_required
        or wants_reason(transition.guard, transition.action, file),
        message_required=transition.message_required and file.mailbox_open,
        notice_required=_notice_required(transition.notice, file),
    )


def fits(transition: Transition, file: CaseFile) -> Verdict:
    """About the case only: its state, and what its file must hold before."""
    if file.state not in transition.sources:
        return Denied(Reason.NOT_IN_THIS_STATE)
    for need in transition.needs:
        if not PREDICATES[need](file):
            return Denied(Reason(need.value))
    return Allowed()


def can_release(file: CaseFile, consultation_id: bytes, person: bytes) -> Verdict:
    """Whether this person may let this question out of the office."""
    found = file.dossier.consultations.get(consultation_id)
    if found is None or not found.prepared:
        return Denied(Reason.A_CONSULTATION_PREPARED)
    if file.second_person_needed and found.prepared_by == person:
        return Denied(Reason.SECOND_PERSON_NEEDED)
    return Allowed()


def can_release_notice(file: CaseFile, position: int, person: bytes) -> Verdict:
    """Whether this person may let out what a step tells the public service."""
    if not file.notice_waits(position):
        return Denied(Reason.A_NOTICE_WAITING)
    if file.dossier.notices[position].given_by == person:
        return Denied(Reason.SECOND_PERSON_NEEDED)
    return Allowed()


def can_reply(roles: Collection[Role], mailbox_open: bool) -> Verdict:
    """Whether an answer can be written that somebody can read."""
    if not mailbox_open:
        return Denied(Reason.MAILBOX_DELETED)
    return permitted(roles, Permission.HANDLE_CASES)


def can_note(roles: Collection[Role]) -> Verdict:
    """Whether the person may write an internal note."""
    return permitted(roles, Permission.HANDLE_CASES)


def can_take(roles: Collection[Role], in_pool: bool, held_personally: bool) -> Verdict:
    """Whether the case can leave the intake pool for the person's own key."""
    if held_personally and not in_pool:
        return Denied(Reason.ALREADY_YOURS)
    if not in_pool:
        return Denied(Reason.NOT_IN_THE_POOL)
    return permitted(roles, Permission.HANDLE_CASES)


def can_share(roles: Collection[Role], already_held: bool, kept_away: bool = False) -> Verdict:
    """Whether the case can be granted to a colleague as well, who may have to be kept away."""
    if kept_away:
        return Denied(Reason.EXCLUDED_FROM_THIS_CASE)
    if already_held:
        return Denied(Reason.ALREADY_SHARED)
    return permitted(roles, Permission.ASSIGN_CASES)


def can_hand_over(roles: Collection[Role], kept_away: bool) -> Verdict:
    """Whether the case can be given to a colleague, who may have to be kept away."""
    if kept_away:
        return Denied(Reason.EXCLUDED_FROM_THIS_CASE)
    return permitted(roles, Permission.ASSIGN_CASES)


def can_exclude(roles: Collection[Role], kept_away: bool) -> Verdict:
    """Whether somebody can be kept away from the case from now on."""
    if kept_away:
        return Denied(Reason.EXCLUDED_FROM_THIS_CASE)
    return permitted(roles, Permission.ASSIGN_CASES)


def can_give_back(roles: Collection[Role], in_pool: bool) -> Verdict:
    """Whether the case can return to the intake pool."""
    if in_pool:
        return Denied(Reason.ALREADY_IN_THE_POOL)
    return permitted(roles, Permission.ASSIGN_CASES)


def can_change_key(roles: Collection[Role], on_roster: bool, question_is_out: bool) -> Verdict:
    """Whether the person may give the case a new key.

    The reporter believes it by a signature of somebody on the roster. A public service that was
    asked through a link would seal its answer to the old key.
    """
    if question_is_out:
        return Denied(Reason.A_QUESTION_IS_OUT)
    if not on_roster:
        return Denied(Reason.NOT_ON_THE_ROSTER)
    return permitted(roles, Permission.HANDLE_CASES)


def _notice_required(notice: Notice, file: CaseFile) -> bool:
    if notice is Notice.IF_CONTACTED:
        return file.dossier.service_contacted
    return notice is Notice.ALWAYS
