"""Which cases may be linked, and how: a link stands in both files and says the same in both."""

from collections.abc import Collection
from dataclasses import dataclass, field

from cases.domain.details import CaseLink, LinkKind
from cases.domain.flows import Flow
from cases.domain.policies import Allowed, Denied, Verdict
from cases.reasons import Reason


@dataclass(frozen=True)
class Linkable:
    """A case as far as this rule needs to know it."""

    case_id: bytes
    flow: Flow
    links: Collection[CaseLink] = field(default=(), repr=False)

    def knows(self, kind: LinkKind, other: bytes) -> bool:
        """Whether the file already says so."""
        return any((each.kind, each.other_id) == (kind, other) for each in self.links)


def can_link(kind: LinkKind, one: Linkable, other: Linkable) -> Verdict:
    """Whether the two may be linked in this way; the order of the two does not matter."""
    if one.case_id == other.case_id:
        return Denied(Reason.LINKED_TO_ITSELF)
    if one.knows(kind, other.case_id) or other.knows(kind, one.case_id):
        return Denied(Reason.ALREADY_LINKED)
    if not _flows_fit(kind, {one.flow, other.flow}):
        return Denied(Reason.LINK_OF_OTHER_FLOWS)
    return Allowed()


def usual_kind(flow: Flow, other: Flow) -> LinkKind:
    """What a link most likely is that the person named on the form herself."""
    flows = {flow, other}
    if flows == {Flow.REPORT, Flow.PROTECTION}:
        return LinkKind.PROTECTION_OF
    return LinkKind.CONTINUED_AS if flows == {Flow.REPORT, Flow.COMPLAINT} else LinkKind.SAME_FACTS


def _flows_fit(kind: LinkKind, flows: set[Flow]) -> bool:
    match kind:
        case LinkKind.DUPLICATE:
            return len(flows) == 1
        case LinkKind.CONTINUED_AS:
            return flows == {Flow.REPORT, Flow.COMPLAINT}
        case LinkKind.PROTECTION_OF:
            return flows == {Flow.REPORT, Flow.PROTECTION}
        case _:
            return True
