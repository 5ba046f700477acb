"""Linking two cases: a step in the file of each, in one transaction.

Only ids and references cross over. Nothing that one reporter wrote comes into the other's file.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.reading import OpenCase
from cases.actions.signed_in import SignedIn, require
from cases.actions.transitions import Written, act
from cases.domain.details import CaseLink, LinkKind
from cases.domain.flows import Action
from cases.domain.linking import Linkable, can_link
from cases.domain.policies import Verdict
from cases.domain.reference import ReferenceData


@dataclass(frozen=True)
class Side:
    """One of the two cases, as this person sees it, and the version from which she decided."""

    opened: OpenCase
    version: int


def linkable(kind: LinkKind, one: OpenCase, other: OpenCase) -> Verdict:
    """Whether the two may be linked in this way."""
    return can_link(kind, _linkable(one), _linkable(other))


def link_cases(
    session: Session,
    sides: tuple[Side, Side],
    kind: LinkKind,
    by: SignedIn,
    now: datetime,
    rules: ReferenceData,
) -> None:
    """Write the link into both files.

    Args:
        session: a writing session.
        sides: two cases that this person has opened.
        kind: how they belong together; it says the same in both files.
        by: who links them.
        now: aware, in the office's time zone.
        rules: the reference data of the day.

    Raises:
        Refused, StaleCase; nothing is written in either file then.
    """
    require(linkable(kind, sides[0].opened, sides[1].opened))
    # By id, so that two people who link the same pair wait for each other and not in a circle.
    first, second = sorted(sides, key=lambda side: side.opened.case_id)
    for side, other in ((first, second), (second, first)):
        named = CaseLink(kind, other.opened.case_id, other.opened.reference or "")
        written = Written(details=named)
        act(session, side.opened, Action.LINK_CASE, written, by, side.version, now, rules)


def _linkable(case: OpenCase) -> Linkable:
    return Linkable(case.case_id, case.flow, case.dossier.links)
