"""A link stands in both files or in neither, and carries nothing from one to the other."""

import pytest

from cases.actions.links import Side, link_cases
from cases.domain.details import CaseLink, LinkKind
from cases.domain.facts import Facts
from cases.domain.flows import Action
from cases.errors import Refused, StaleCase
from cases.reasons import Reason
from tests.support.office import Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import COMPLAINT, report


@pytest.fixture
def pair(office: Office) -> tuple[Scene, Scene]:
    return _registered(office, report()), _registered(office, report(what="The same"))


def _registered(office: Office, facts: Facts) -> Scene:
    made = scene(office, facts)
    made.act(Action.ACKNOWLEDGE)
    return made


def link(
    one: Scene,
    other: Scene,
    kind: LinkKind = LinkKind.DUPLICATE,
    behind: tuple[int, int] = (0, 0),
    login: str = "ingrid",
) -> None:
    office = one.office
    by, now, rules = office.signed_in(login), office.clock.now(), office.rules()
    with office.database.writing() as session:
        opened = one.open(session, login), other.open(session, login)
        first, second = (
            Side(case, case.version - lag) for case, lag in zip(opened, behind, strict=True)
        )
        link_cases(session, (first, second), kind, by, now, rules)


def links_of(one: Scene) -> list[tuple[LinkKind, bytes, str]]:
    with one.office.database.reading() as session:
        return [
            (link.kind, link.other_id, link.other_reference)
            for link in one.open(session).dossier.links
        ]


def test_each_file_names_the_other_case(pair: tuple[Scene, Scene]) -> None:
    one, other = pair

    link(one, other)

    assert links_of(one) == [(LinkKind.DUPLICATE, other.case_id, "SI.2026.0002")]
    assert links_of(other) == [(LinkKind.DUPLICATE, one.case_id, "SI.2026.0001")]


def test_the_steps_say_who_linked_them_and_tell_neither_person(pair: tuple[Scene, Scene]) -> None:
    one, other = pair

    link(one, other)

    for each in pair:
        with each.office.database.reading() as session:
            step = each.open(session).history[-1]
        assert (step.action, step.actor) == (Action.LINK_CASE, "Ingrid Intake")
        assert isinstance(step.details, CaseLink)
        assert step.message_position is None
        assert len(each.reporters_thread().messages) == 2


@pytest.mark.parametrize("behind", [(1, 0), (0, 1)])
def test_a_case_that_changed_meanwhile_links_neither(
    pair: tuple[Scene, Scene], behind: tuple[int, int]
) -> None:
    one, other = pair

    with pytest.raises(StaleCase):
        link(one, other, behind=behind)

    assert links_of(one) == links_of(other) == []


def test_the_same_link_is_not_made_twice_from_either_side(pair: tuple[Scene, Scene]) -> None:
    one, other = pair
    link(one, other)

    for sides in ((one, other), (other, one)):
        with pytest.raises(Refused) as refused:
            link(*sides)
        assert refused.value.reason is Reason.ALREADY_LINKED
    link(one, other, LinkKind.SAME_FACTS)

    assert len(links_of(one)) == len(links_of(other)) == 2


def test_a_link_that_does_not_fit_the_flows_is_refused(office: Office) -> None:
    one, other = _registered(office, report()), _registered(office, COMPLAINT)

    with pytest.raises(Refused) as refused:
        link(one, other)

    assert refused.value.reason is Reason.LINK_OF_OTHER_FLOWS
    link(one, other, LinkKind.CONTINUED_AS)
    assert [kind for kind, _, _ in links_of(other)] == [LinkKind.CONTINUED_AS]
