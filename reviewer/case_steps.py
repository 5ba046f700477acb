"""The steps of a case as its page lists them: what comes next, what can be added, what cannot be
done and why."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from cases.actions.reading import OpenCase
from cases.actions.transitions import available
from cases.domain.flows import Action, Actor, Transition
from cases.domain.needs import external_proposed
from cases.domain.policies import Allowed, Denied, Verdict
from reviewer.routing import DECISIONS
from reviewer.session import signed_in
from web.labels import text_of

# Steps with pages of their own, where what they are about is chosen or written first.
OWN_PAGES: dict[Action, str] = {
    Action.PREPARE_CONSULTATION: "consultations.page",
    Action.RELEASE_CONSULTATION: "consultations.page",
    Action.RECORD_SERVICE_ANSWER: "consultations.page",
    Action.WITHDRAW_CONSULTATION: "consultations.page",
    Action.LINK_CASE: "case_links.page",
}

# Steps that leave the case where it is, and that its course still waits for.
_ON_THE_WAY = frozenset(
    {
        Action.CHECK_ADMISSIBILITY,
        Action.CHECK_SCOPE,
        Action.CHECK_LINK,
        Action.ASSESS_NORM,
        Action.ASSESS_JUSTIFICATION,
        Action.RECORD_FINDINGS,
        Action.GIVE_FEEDBACK,
        Action.EXTEND_FEEDBACK,
    }
)


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A row of the flow's table as the page lists it: possible, or denied with the reason."""

    text: LazyString
    url: str
    hint: str
    denied: LazyString | None


@dataclass(frozen=True, slots=True)
class ListedSteps:
    """The three lists."""

    following: tuple[ListedStep, ...]
    adding: tuple[ListedStep, ...]
    impossible: tuple[ListedStep, ...]


def listed_steps(case: OpenCase) -> ListedSteps:
    """Every step that staff take in this flow."""
    rows = [each for each in available(case, signed_in()) if each[0].actor is Actor.STAFF]
    allowed = [each for each in rows if isinstance(each[1], Allowed)]
    return ListedSteps(
        following=tuple(_listed(case, *each) for each in allowed if _follows(each[0])),
        adding=tuple(_listed(case, *each) for each in allowed if not _follows(each[0])),
        impossible=tuple(_listed(case, *each) for each in rows if isinstance(each[1], Denied)),
    )


def own_page(case: OpenCase, action: Action) -> str:
    """The address of the page where such a step is taken."""
    return url_for(OWN_PAGES[action], case_id=case.case_id.hex())


def _follows(row: Transition) -> bool:
    return row.target is not None or row.action in _ON_THE_WAY


def _url(case: OpenCase, row: Transition) -> str:
    if row.action in OWN_PAGES:
        return own_page(case, row.action)
    return url_for("transition.page", case_id=case.case_id.hex(), name=row.action.value)


def _listed(case: OpenCase, row: Transition, verdict: Verdict) -> ListedStep:
    denied = text_of(verdict.reason) if isinstance(verdict, Denied) else None
    return ListedStep(text_of(row.action), _url(case, row), _hint(case, row, verdict), denied)


def _hint(case: OpenCase, row: Transition, verdict: Verdict) -> str:
    if isinstance(verdict, Denied):
        return ""
    if row.action in DECISIONS and external_proposed(case.file) is (
        row.action is Action.ACCEPT_EXTERNAL
    ):
        return _("The rule proposes this.")
    return _("A written reason is needed.") if verdict.reason_required else ""
