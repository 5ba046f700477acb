"""What the rules allow: every answer is `Allowed` or `Denied(reason)`.

Three questions, never mixed: may this person (a permission), does the case allow it (its state
and facts), and can the person see it at all. The last one is answered by keys, before anything
here is asked: whoever cannot open the case gets the same answer as for a case that is not there.
Pages ask the same functions as the actions do.
"""

from collections.abc import Collection
from dataclasses import dataclass

from cases.domain.facts import (
    Facts,
    InternalChannel,
    InternalReason,
    ReportFacts,
    Reprisals,
)
from cases.domain.flows import Guard, State, Transition
from cases.domain.roles import Permission, Role, permissions_of
from cases.reasons import Reason


@dataclass(frozen=True)
class Allowed:
    """Yes; `reason_required` when the file must hold a written reason, `message_required` when the
    person must read something with it."""

    reason_required: bool = False
    message_required: bool = False


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


def can_act(
    transition: Transition,
    state: State,
    facts: Facts,
    roles: Collection[Role],
    mailbox_open: bool = True,
) -> Verdict:
    """Whether the person may take this action on a case in this state with these facts.

    Nobody is asked to write to a mailbox that was deleted.
    """
    verdict = permitted(roles, transition.permission)
    if isinstance(verdict, Denied):
        return verdict
    if state not in transition.sources:
        return Denied(Reason.NOT_IN_THIS_STATE)
    return Allowed(
        reason_required=transition.reason_required or _guard_wants_reason(transition.guard, facts),
        message_required=transition.message_required and mailbox_open,
    )


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


def can_share(roles: Collection[Role], already_held: bool) -> Verdict:
    """Whether the case can be granted to a colleague as well."""
    if already_held:
        return Denied(Reason.ALREADY_SHARED)
    return permitted(roles, Permission.ASSIGN_CASES)


def can_give_back(roles: Collection[Role], in_pool: bool) -> Verdict:
    """Whether the case can return to the intake pool."""
    if in_pool:
        return Denied(Reason.ALREADY_IN_THE_POOL)
    return permitted(roles, Permission.ASSIGN_CASES)


def reasons_against_internal(facts: ReportFacts) -> bool:
    """Whether the reporter gave a reason against being sent to the internal channel.

    Reprisals feared or suffered, an internal report already made, no channel, those in charge
    involved, the nature of the facts or a reason of their own; not having known of the channel
    is no reason against it.
    """
    return (
        facts.internal_channel is InternalChannel.USED
        or facts.reprisals in (Reprisals.FEARED, Reprisals.HAPPENED)
        or any(reason is not InternalReason.DID_NOT_KNOW for reason in facts.internal_reasons)
        or bool(facts.internal_reason_detail)
    )


def _guard_wants_reason(guard: Guard | None, facts: Facts) -> bool:
    if guard is Guard.INTERNAL_CHANNEL_FITS and isinstance(facts, ReportFacts):
        return reasons_against_internal(facts)
    return False
