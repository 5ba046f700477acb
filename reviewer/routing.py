"""What the rule proposes once the internal channel was checked, and how that channel is reached."""

from dataclasses import dataclass

from flask_babel import gettext as _

from cases.domain.details import InternalChannelCheck
from cases.domain.facts import FollowUp, InternalReason, ReportFacts, Reprisals
from cases.domain.flows import Action
from cases.domain.needs import external_proposed
from cases.domain.reference import Certainty
from reviewer.desk import Desk
from web.labels import text_of

DECISIONS = (Action.ACCEPT_EXTERNAL, Action.ADVISE_INTERNAL)


@dataclass(frozen=True, repr=False)
class Proposal:
    """Which way, why, and whether the step that is being taken goes another way.

    `channel` says how the service's internal channel is reached, and is empty where the office
    does not know; `channel_unsure` that somebody has to confirm it.
    """

    external: bool
    why: tuple[str, ...]
    channel: str
    channel_unsure: bool
    against: bool


def proposal(desk: Desk, action: Action) -> Proposal | None:
    """For the two decisions on the way, after the check; None for every other step."""
    check = desk.case.dossier.internal_channel
    if action not in DECISIONS or check is None:
        return None
    external = external_proposed(desk.case.file)
    service = desk.rules.authority(desk.case.facts.authority)
    return Proposal(
        external=external,
        why=_why(desk, check),
        channel=service.internal_channel_in(desk.language) if service else "",
        channel_unsure=service is not None
        and service.internal_channel_certainty is not Certainty.CONFIRMED,
        against=external is not (action is Action.ACCEPT_EXTERNAL),
    )


def _why(desk: Desk, check: InternalChannelCheck) -> tuple[str, ...]:
    case = desk.case
    reasons = []
    if case.dossier.chose_external:
        reasons.append(_("The person chose the external channel."))
    if isinstance(case.facts, ReportFacts) and case.facts.reprisals in (
        Reprisals.FEARED,
        Reprisals.HAPPENED,
    ):
        reasons.append(_("Reprisals are feared, or have happened."))
    return (*reasons, *(_used(check) if check.used else _not_used(check)))


def _used(check: InternalChannelCheck) -> list[str]:
    said = {
        FollowUp.GIVEN: _("The internal channel was used, and something was done."),
        FollowUp.NOT_GIVEN: _("The internal channel was used, and nothing was done."),
    }
    unknown = _("The internal channel was used; whether anything was done is not known.")
    return [said.get(check.follow_up or FollowUp.UNKNOWN, unknown)]


def _not_used(check: InternalChannelCheck) -> list[str]:
    if not (check.reasons or check.detail):
        return [_("The internal channel was not used.")]
    words = [
        _("The internal channel was not used. Reason: “%(reason)s”", reason=_reason(each))
        for each in check.reasons
    ]
    return [*words, check.detail] if check.detail else words


def _reason(reason: InternalReason) -> str:
    return str(text_of(reason))
