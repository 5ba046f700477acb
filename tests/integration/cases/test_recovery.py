"""The recovery key opens every case, whoever holds it, and gives one whole or not at all."""

import pytest

from cases.actions import recovery
from cases.actions.reading import holders
from cases.domain.flows import Action
from cases.domain.grants import HolderKind
from cases.errors import CaseDamaged, NotFound, NotTheRecoveryKey
from cases.models import TrailEntry
from crypto.keys import RecoveryPrivateKey, Seed
from crypto.secret_sharing import split
from tests.support.consulting import Consulting, consulting
from tests.support.office import Office
from tests.support.scenes import Scene, scene


@pytest.fixture
def key(office: Office) -> RecoveryPrivateKey:
    return recovery.recovery_key(office.recovery_shares[:2], office.roster())


def give(ours: Scene, key: RecoveryPrivateKey, login: str = "igor") -> bool:
    office = ours.office
    office.signed_in(login)
    with office.database.writing() as session:
        to = recovery.recipient(session, office.roster(), login)
        return recovery.grant(session, ours.case_id, key, to, office.clock.now())


def faults(office: Office, key: RecoveryPrivateKey) -> list[tuple[recovery.Fault, ...]]:
    with office.database.reading() as session:
        every = recovery.chosen_cases(session, ())
        return [proof.faults for proof in recovery.prove(session, key, every)]


def test_a_case_with_answers_of_services_opens_whole(
    office: Office, key: RecoveryPrivateKey
) -> None:
    asked: Consulting = consulting(office)
    consultation_id, words = asked.asked()
    token = asked.come(consultation_id, words)
    assert token is not None
    asked.reply(token, consultation_id)

    assert faults(office, key) == [()]


def test_a_given_case_is_read_and_handled_like_a_shared_one(
    office: Office, key: RecoveryPrivateKey
) -> None:
    ours = scene(office)

    assert give(ours, key)
    assert not give(ours, key)

    ours.act(Action.ACKNOWLEDGE, "igor")
    with office.database.reading() as session:
        case = ours.open(session, "igor")
        held_by = sorted(holder.kind for holder in holders(session, case))
        entries = session.query(TrailEntry).filter_by(event="case_recovered").all()
    assert held_by == [HolderKind.INTAKE, HolderKind.PERSON, HolderKind.RECOVERY]
    assert [(entry.case_id, entry.actor_id) for entry in entries] == [(ours.case_id, None)]
    assert [step.position for step in case.history] == [1, 2]
    assert faults(office, key) == [()]


def test_a_case_is_given_whole_or_not_at_all(office: Office, key: RecoveryPrivateKey) -> None:
    ours, now = scene(office), office.clock.now()
    office.signed_in("igor")

    def interrupted() -> None:
        with office.database.writing() as session:
            to = recovery.recipient(session, office.roster(), "igor")
            recovery.grant(session, ours.case_id, key, to, now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    with office.database.reading() as session:
        assert ours.open(session).history == ()
        with pytest.raises(NotFound):
            ours.open(session, "igor")
    assert give(ours, key)


def test_another_key_opens_nothing_and_gives_nothing(office: Office) -> None:
    ours, other = scene(office), RecoveryPrivateKey(Seed.generate())

    assert faults(office, other) == [(recovery.Fault.NOT_GRANTED,)]
    with pytest.raises(CaseDamaged):
        give(ours, other)


@pytest.mark.parametrize("size", [16, 32, 34])
def test_shares_of_another_secret_are_not_the_recovery_key(office: Office, size: int) -> None:
    with pytest.raises(NotTheRecoveryKey):
        recovery.recovery_key(split(bytes(size), 2, 3)[:2], office.roster())
