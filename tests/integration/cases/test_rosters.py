"""A roster is changed by as many hands as the one before asks for, and never put back."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from cases import roster_store
from cases.actions import assignment, enrolment, roster_memory, roster_people, rosters, staff
from cases.actions.joining import NewPerson
from cases.actions.rosters import Changes
from cases.actions.staff import SignInFailed
from cases.database import Database
from cases.domain.roles import Role
from cases.domain.trail import TrailEvent
from cases.errors import (
    InvitationRefused,
    LoginTaken,
    NotFound,
    OfficeIncomplete,
    Refused,
    RosterUnusable,
    SessionEnded,
)
from cases.models import CaseGrant, IntakeGrant, ProposedPerson, RosterSeen, Staff, TrailEntry
from cases.queries.rosters import acknowledged_serial
from crypto.errors import RosterFault, RosterRejected
from crypto.roster import RosterSigningKey, VerifiedRoster, read_file, sign_roster
from tests.support.office import PASSPHRASE, WEAK, FixedClock, Office, one_time_code
from tests.support.rosters import accept, change, current, propose, sign, two_signers
from tests.support.scenes import scene
from web.clock import office_day

NINA = NewPerson("nina", "Nina New", frozenset({Role.INVESTIGATOR}))
INVITE = Changes(joining=(NINA,))


@pytest.fixture
def office(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return two_signers(tmp_path / "home", database, clock)


def _chain(office: Office) -> tuple[VerifiedRoster, ...]:
    return roster_store.load_all(office.home / "roster", office_day(office.clock.now()))


def _events(office: Office) -> list[str]:
    with office.database.reading() as session:
        rows = select(TrailEntry.event).where(TrailEntry.event.like("roster%"))
        return list(session.scalars(rows))


def _count(office: Office, table: type[Staff] | type[ProposedPerson]) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _accept_invitation(office: Office, code: str) -> None:
    with office.database.writing() as session:
        enrolment.accept_invitation(session, "nina", code, PASSPHRASE, office.clock.now(), WEAK)


def _fault(office: Office) -> RosterFault:
    with office.database.reading() as session, pytest.raises(RosterRejected) as refused:
        roster_memory.check(session, _chain(office))
    return refused.value.reason


def test_an_office_of_two_administrators_asks_both(office: Office) -> None:
    assert office.roster().roster.signatures_needed == 2


def test_nobody_joins_by_one_hand(office: Office) -> None:
    proposed = propose(office, INVITE)

    with pytest.raises(RosterRejected) as refused:
        accept(office, proposed.file)
    with pytest.raises(InvitationRefused):
        _accept_invitation(office, proposed.invitations["nina"].text)

    assert refused.value.reason is RosterFault.NOT_ENOUGH_SIGNATURES
    assert rosters.signatures_missing(current(office), proposed.file) == 1
    assert (office.roster().roster.serial, _count(office, Staff)) == (1, 8)


def test_somebody_joins_once_the_second_hand_has_signed(office: Office) -> None:
    proposed = propose(office, INVITE)

    accept(office, sign(office, proposed.file))

    _accept_invitation(office, proposed.invitations["nina"].text)
    assert "Nina New" in [member.name for member in office.roster().roster.members]
    assert sorted(_events(office)) == ["roster_accepted", "roster_proposed", "roster_signed"]
    assert _count(office, ProposedPerson) == 0


def test_one_person_signing_twice_is_one_hand(office: Office) -> None:
    file = sign(office, propose(office, INVITE).file, by="ada")

    assert rosters.signatures_missing(current(office), file) == 1


@pytest.mark.parametrize("by", ["ingrid", "hilde", "igor", "carla"])
def test_only_who_signs_rosters_proposes_or_signs(office: Office, by: str) -> None:
    with pytest.raises(Refused):
        propose(office, INVITE, by=by)
    with pytest.raises(Refused):
        sign(office, propose(office, INVITE).file, by=by)


def test_a_role_in_a_table_signs_nothing(office: Office) -> None:
    """Whoever writes to the database may call herself an administrator."""
    with office.database.writing() as session:
        session.execute(update(Staff).where(Staff.login == "igor").values(roles="administrator"))

    with pytest.raises(Refused):
        propose(office, INVITE, by="igor")


def test_of_two_proposals_the_second_falls_with_the_first_accepted(office: Office) -> None:
    first = sign(office, propose(office, INVITE).file)
    second = sign(office, propose(office, Changes(signatures_needed=1)).file)

    accept(office, first)

    with pytest.raises(RosterRejected) as refused:
        sign(office, second)
    assert refused.value.reason is RosterFault.SERIAL_GAP
    assert office.roster().roster.signatures_needed == 2


def test_what_is_written_beside_a_proposal_must_be_what_was_signed(office: Office) -> None:
    """Whoever writes to the database gives somebody more than the signers agreed to."""
    file = sign(office, propose(office, INVITE).file)
    with office.database.writing() as session:
        session.execute(update(ProposedPerson).values(roles="intake"))

    with pytest.raises(RosterUnusable, match="not what was signed"):
        accept(office, file)

    assert (office.roster().roster.serial, _count(office, Staff)) == (1, 8)


def test_putting_in_force_can_be_repeated_where_it_was_interrupted(office: Office) -> None:
    file = sign(office, propose(office, INVITE).file)
    chain = _chain(office)
    kept = roster_store.append(office.home / "roster", file, office_day(office.clock.now()))

    for _ in range(2):
        with office.database.writing() as session:
            roster_people.enact(session, (*chain, kept), office.clock.now())

    assert _count(office, Staff) == 9


def test_roles_change_with_the_roster_and_the_intake_key_with_them(office: Office) -> None:
    ada, ingrid = office.signed_in("ada"), office.signed_in("ingrid")
    with pytest.raises(Refused):
        propose(office, Changes(roles={"igor": frozenset({Role.INTAKE})}))
    office._signed_in["ada"] = replace(ada, keys=replace(ada.keys, intake=ingrid.keys.intake))
    igor, hilde = office.signed_in("igor"), office.signed_in("hilde")

    change(
        office,
        Changes(roles={"igor": frozenset({Role.INTAKE}), "hilde": frozenset({Role.INVESTIGATOR})}),
    )

    with office.database.reading() as session:
        holding = set(session.scalars(select(IntakeGrant.staff_id)))
        roles = {row.login: row.roles for row in session.scalars(select(Staff))}
    assert igor.member.id in holding
    assert hilde.member.id not in holding
    assert (roles["igor"], roles["hilde"]) == ("intake", "investigator")
    named = {one.name: one.roles for one in office.roster().roster.members}
    assert named["Igor Investigator"] == {"intake", "staff"}
    assert named["Hilde Head"] == {"staff"}


def test_somebody_who_leaves_opens_nothing_any_more(office: Office) -> None:
    ours = scene(office)
    ingrid, hilde = office.signed_in("ingrid"), office.signed_in("hilde")
    secret = office.enrol("hilde")
    with office.database.writing() as session:
        case = ours.open(session, "hilde")
        assignment.take(session, case, hilde, case.version, office.clock.now())
    leave = Changes(leaving=frozenset({"hilde"}))
    with pytest.raises(OfficeIncomplete, match="cases that hilde alone can open: 1"):
        propose(office, leave)
    with office.database.writing() as session:
        case = ours.open(session, "hilde")
        roster, now = office.roster(), office.clock.now()
        assignment.give_back(session, case, roster, hilde, case.version, now)

    change(office, leave)

    later = office.clock.now() + timedelta(seconds=60)
    with office.database.writing() as session:
        token = staff.sign_in(session, "hilde", PASSPHRASE, one_time_code(secret, later), later)
        held = set(session.scalars(select(CaseGrant.key_id)))
        assert session.scalar(select(Staff.name).where(Staff.login == "hilde")) == "Hilde Head"
    assert isinstance(token, SignInFailed)
    assert hilde.keys.personal.public.key_id not in held
    assert "Hilde Head" not in [member.name for member in office.roster().roster.members]
    with office.database.reading() as session:
        assert ours.open(session).case_id
    assert ingrid.member.id != hilde.member.id


def test_an_open_session_ends_when_somebody_leaves(office: Office) -> None:
    igor = office.enrol("igor")
    now = office.clock.now() + timedelta(seconds=30)
    with office.database.writing() as session:
        token = staff.sign_in(session, "igor", PASSPHRASE, one_time_code(igor, now), now)
    assert not isinstance(token, SignInFailed | staff.Throttled)

    change(office, Changes(leaving=frozenset({"igor"})))

    with office.database.reading() as session, pytest.raises(SessionEnded):
        staff.open_staff_session(session, token, now)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (Changes(signatures_needed=3), OfficeIncomplete),
        (Changes(custodians_needed=4), OfficeIncomplete),
        (Changes(leaving=frozenset({"bo"})), OfficeIncomplete),
        (Changes(leaving=frozenset({"carla", "cas"})), OfficeIncomplete),
        (Changes(leaving=frozenset({"ingrid", "hilde"})), OfficeIncomplete),
        (Changes(leaving=frozenset({"nobody"})), NotFound),
        (Changes(joining=(replace(NINA, login="igor"),)), LoginTaken),
    ],
)
def test_an_office_that_could_not_work_is_not_proposed(
    office: Office, changes: Changes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        propose(office, changes)


def test_two_hands_can_agree_on_one(office: Office) -> None:
    change(office, Changes(signatures_needed=1))

    accept(office, propose(office, INVITE, by="bo").file)

    assert office.roster().roster.serial == 3


def test_a_roster_that_ran_out_is_renewed_by_two_hands(office: Office, clock: FixedClock) -> None:
    office.signed_in("ada"), office.signed_in("bo")
    clock.advance(days=366)

    change(office, Changes())

    assert office.roster().roster.serial == 2


def test_a_newest_file_taken_away_is_noticed(office: Office) -> None:
    change(office, INVITE)
    (office.home / "roster" / "0002.json").unlink()

    assert _fault(office) is RosterFault.ROLLED_BACK


def test_a_file_that_was_lost_is_put_back_and_no_other_in_its_place(office: Office) -> None:
    other = sign(office, propose(office, Changes(signatures_needed=1)).file)
    change(office, INVITE)
    change(office, Changes())
    lost = {name: office.home / "roster" / f"000{name}.json" for name in (2, 3)}
    kept = {name: path.read_bytes() for name, path in lost.items()}
    for path in lost.values():
        path.unlink()

    with pytest.raises(RosterRejected) as refused:
        accept(office, other)
    for file in kept.values():
        accept(office, file)

    assert refused.value.reason is RosterFault.FORKED
    assert office.roster().roster.serial == 3


def test_a_whole_folder_of_somebody_else_is_noticed(office: Office, tmp_path: Path) -> None:
    """Whoever can write files, the pin too, founds an office of her own in them."""
    own = read_file((office.home / "roster" / "0001.json").read_bytes()).roster
    key = office.signed_in("ada").keys.personal.seed
    signer = RosterSigningKey.from_seed(key)
    forged = sign_roster(replace(own, office="Another", signatures_needed=1), [signer])
    roster_store.start(tmp_path / "forged", forged, read_file(forged).fingerprint)
    chain = roster_store.load_all(tmp_path / "forged", office_day(office.clock.now()))

    with office.database.reading() as session, pytest.raises(RosterRejected) as refused:
        roster_memory.check(session, chain)

    assert refused.value.reason is RosterFault.FORKED


def test_a_newer_roster_is_believed_and_remembered(office: Office) -> None:
    change(office, INVITE)
    newer, chain = change(office, Changes()), _chain(office)

    with office.database.writing() as session:
        assert (
            roster_memory.believe(session, chain) == newer == roster_memory.believe(session, chain)
        )
        assert list(session.scalars(select(RosterSeen.serial).order_by(RosterSeen.serial))) == [
            1,
            2,
            3,
        ]


def test_who_writes_to_the_database_only_stops_intake(office: Office) -> None:
    with office.database.writing() as session:
        session.add(RosterSeen(serial=9, fingerprint=b"f" * 32))

    assert _fault(office) is RosterFault.ROLLED_BACK


def test_the_memory_is_not_changed_or_emptied(office: Office) -> None:
    for statement in (
        update(RosterSeen).values(fingerprint=b"f" * 32),
        delete(RosterSeen),
        text("UPDATE roster_seen SET serial = 7"),
    ):
        with office.database.writing() as session:
            with pytest.raises(DBAPIError, match="never changed"):
                session.execute(statement)
            session.rollback()


def test_reading_a_change_is_noted_once(office: Office) -> None:
    ingrid, changed = office.signed_in("ingrid"), change(office, INVITE)
    for _ in range(2):
        with office.database.writing() as session:
            rosters.acknowledge(session, changed, ingrid, office.clock.now())

    with office.database.reading() as session:
        assert acknowledged_serial(session, ingrid.member.id) == 2
    assert TrailEvent.ROSTER_ACKNOWLEDGED in _events(office)
