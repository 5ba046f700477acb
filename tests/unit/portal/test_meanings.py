"""Wherever a case stands, the person reads what that means."""

from cases.domain.flows import Flow, states_of
from portal.meanings import MEANINGS


def test_every_state_tells_the_person_what_it_means():
    expected = {(flow, state) for flow in Flow for state in states_of(flow)}

    assert set(MEANINGS) == expected
