"""Which cases may be linked, and how."""

import pytest

from cases.domain.details import CaseLink, LinkKind
from cases.domain.flows import Flow
from cases.domain.linking import Linkable, can_link, usual_kind
from cases.domain.policies import Allowed, Denied
from cases.reasons import Reason

ONE, OTHER = b"1" * 16, b"2" * 16
R, C, P = Flow.REPORT, Flow.COMPLAINT, Flow.PROTECTION
FITTING = {
    LinkKind.SAME_FACTS: {(one, other) for one in Flow for other in Flow},
    LinkKind.SAME_SERVICE: {(one, other) for one in Flow for other in Flow},
    LinkKind.DUPLICATE: {(R, R), (C, C), (P, P)},
    LinkKind.CONTINUED_AS: {(R, C), (C, R)},
    LinkKind.PROTECTION_OF: {(R, P), (P, R)},
}


@pytest.mark.parametrize("kind", LinkKind)
@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("other", Flow)
def test_a_link_fits_the_flows_of_both_cases(kind: LinkKind, flow: Flow, other: Flow) -> None:
    verdict = can_link(kind, Linkable(ONE, flow), Linkable(OTHER, other))

    fits = (flow, other) in FITTING[kind]
    assert verdict == (Allowed() if fits else Denied(Reason.LINK_OF_OTHER_FLOWS))


@pytest.mark.parametrize("kind", LinkKind)
def test_no_case_is_linked_to_itself(kind: LinkKind) -> None:
    verdict = can_link(kind, Linkable(ONE, R), Linkable(ONE, R))

    assert verdict == Denied(Reason.LINKED_TO_ITSELF)


def test_two_cases_are_linked_once_in_each_way_whichever_file_says_so() -> None:
    known = Linkable(ONE, R, (CaseLink(LinkKind.DUPLICATE, OTHER, "SI.2026.0002"),))
    other = Linkable(OTHER, R)

    for pair in ((known, other), (other, known)):
        assert can_link(LinkKind.DUPLICATE, *pair) == Denied(Reason.ALREADY_LINKED)
        assert can_link(LinkKind.SAME_FACTS, *pair) == Allowed()


@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("other", Flow)
def test_the_usual_kind_always_fits(flow: Flow, other: Flow) -> None:
    kind = usual_kind(flow, other)

    assert can_link(kind, Linkable(ONE, flow), Linkable(OTHER, other)) == Allowed()
