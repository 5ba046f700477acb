"""Founding an office, inviting to it, and the first sign-in."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from cases import roster_store
from cases.actions import enrolment, roster_people, rosters, staff
from cases.actions import office as offices
from cases.actions.joining import NewPerson
from cases.actions.rosters import Changes
from cases.domain.roles import Role
from cases.errors import (
    InvalidLogin,
    InvitationRefused,
    LoginTaken,
    OfficeExists,
    OfficeIncomplete,
    Refused,
    SessionEnded,
    WeakPassphrase,
    WrongOneTimeCode,
)
from cases.reasons import PassphraseFlaw
from crypto.errors import RosterFault, RosterRejected, UnknownWord
from crypto.keys import RecoveryPrivateKey, Seed
from crypto.receipt import ReceiptCode
from crypto.secret_sharing import combine
from crypto.session import SessionToken
from tests.support.office import (
    MORNING,
    PASSPHRASE,
    PEOPLE,
    WEAK,
    FixedClock,
    Office,
    one_time_code,
)
from tests.support.scenes import scene
from web.clock import office_day

NEW = NewPerson("nina", "Nina New", frozenset({Role.INVESTIGATOR}))
TODAY = MORNING.date()


def _found(office: Office, people: tuple[NewPerson, ...], custodians: int = 2) -> None:
    with office.database.writing() as session:
        session.execute(text("DELETE FROM intake_grant"))
        session.execute(text("DELETE FROM staff"))
        offices.found_office(session, "Other", people, custodians, (2, 3), TODAY, WEAK)


def _without(role: Role) -> tuple[NewPerson, ...]:
    return tuple(replace(person, roles=person.roles - {role}) for person in PEOPLE)


def _invite(office: Office, person: NewPerson = NEW, by: str = "ada") -> ReceiptCode:
    sponsor, roster = office.signed_in(by), office.roster()
    with office.database.writing() as session:
        changes, now = Changes(joining=(person,)), office.clock.now()
        proposed = rosters.propose(session, roster, changes, sponsor, now, WEAK)
        chain = roster_store.load_with(office.home / "roster", proposed.file, TODAY)
        roster_people.enact(session, chain, now)
        roster_store.append(office.home / "roster", proposed.file, TODAY)
    return proposed.invitations[person.login.lower()]


def _accept(office: Office, login: str, code: str, passphrase: str = PASSPHRASE) -> SessionToken:
    now = office.clock.now()
    with office.database.writing() as session:
        return enrolment.accept_invitation(session, login, code, passphrase, now, WEAK)


def _enrol(office: Office, token: SessionToken, code: str | None = None) -> SessionToken:
    now = office.clock.now()
    with office.database.writing() as session:
        secret = enrolment.enrolment(session, token, now).secret
        return enrolment.enrol_totp(session, token, code or one_time_code(secret, now), now)


def test_the_first_roster_names_everyone_and_holds_a_year(office: Office) -> None:
    roster = office.roster().roster

    assert [member.name for member in roster.members] == [person.name for person in PEOPLE]
    assert [member.name for member in roster.with_role("signer")] == ["Ada Admin"]
    assert [m.name for m in roster.with_role("intake")] == ["Ingrid Intake", "Hilde Head"]
    assert len(roster.with_role("custodian")) == 3
    assert len(roster.with_role("staff")) == 7
    assert roster.expires_on - roster.issued_on == timedelta(days=365)
    assert (roster.custodians_needed, roster.signatures_needed) == (2, 1)


def test_two_recovery_shares_give_the_recovery_key(office: Office) -> None:
    for pair in (office.recovery_shares[:2], office.recovery_shares[1:]):
        key = RecoveryPrivateKey(Seed(combine(pair)))
        assert key.public == office.roster().roster.recovery


def test_a_second_office_is_refused(office: Office) -> None:
    with office.database.writing() as session, pytest.raises(OfficeExists):
        offices.found_office(session, "Other", PEOPLE, 2, (2, 3), TODAY, WEAK)


@pytest.mark.parametrize(
    ("people", "error"),
    [
        (_without(Role.ADMINISTRATOR), OfficeIncomplete),
        (tuple(each for each in PEOPLE if each.login in ("ada", "igor")), OfficeIncomplete),
        (_without(Role.CUSTODIAN), OfficeIncomplete),
        ((*PEOPLE, PEOPLE[0]), LoginTaken),
        ((*PEOPLE, replace(NEW, login="nina new")), InvalidLogin),
    ],
    ids=["no administrator", "no intake", "no custodians", "a login twice", "no login"],
)
def test_an_office_that_could_not_work_is_not_founded(
    office: Office, people: tuple[NewPerson, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _found(office, people)


def test_more_custodians_needed_than_there_are_is_refused(office: Office) -> None:
    with pytest.raises(OfficeIncomplete):
        _found(office, PEOPLE, custodians=4)


def test_an_invited_person_signs_in_with_a_passphrase_of_their_own(office: Office) -> None:
    code = _invite(office)
    token = _enrol(office, _accept(office, "nina", code.text.upper()))

    with office.database.reading() as session:
        signed_in = staff.open_staff_session(session, token, office.clock.now())
    member = next(each for each in office.roster().roster.members if each.name == "Nina New")
    assert signed_in.member.id == member.person
    assert signed_in.keys.personal.public == member.public
    assert signed_in.keys.intake is None


def test_a_colleague_invited_for_intake_opens_the_cases_that_wait(office: Office) -> None:
    ours = scene(office)
    _give_intake_to_ada(office)
    code = _invite(office, replace(NEW, roles=frozenset({Role.INTAKE})))
    token = _enrol(office, _accept(office, "nina", code.text))

    with office.database.reading() as session:
        nina = staff.open_staff_session(session, token, office.clock.now())
        assert nina.keys.intake is not None
        assert nina.keys.intake.public == office.roster().roster.intake
        assert ours.open(session).facts == ours.open(session, "hilde").facts


def _give_intake_to_ada(office: Office) -> None:
    """Ada, who administers, also holds the intake key from now on."""
    ada, ingrid = office.signed_in("ada"), office.signed_in("ingrid")
    keys = replace(ada.keys, intake=ingrid.keys.intake)
    office._signed_in["ada"] = replace(ada, keys=keys)


def test_nobody_gives_an_intake_key_that_they_do_not_hold(office: Office) -> None:
    with pytest.raises(Refused):
        _invite(office, replace(NEW, roles=frozenset({Role.INTAKE})))

    with office.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM staff")).scalar_one() == 7


@pytest.mark.parametrize("by", ["ingrid", "hilde", "igor", "carla"])
def test_only_administrators_invite(office: Office, by: str) -> None:
    with pytest.raises(Refused):
        _invite(office, by=by)


def test_a_login_is_given_once(office: Office) -> None:
    for login in ("igor", "Igor"):
        with pytest.raises(LoginTaken):
            _invite(office, replace(NEW, login=login))


def test_a_weak_passphrase_is_refused_and_the_invitation_still_stands(office: Office) -> None:
    code = office.invitations["igor"].text
    with pytest.raises(WeakPassphrase) as refused:
        _accept(office, "igor", code, "igor investigator")
    assert refused.value.flaws == (PassphraseFlaw.PERSONAL,)

    _enrol(office, _accept(office, "igor", code))


@pytest.mark.parametrize("login", ["ada", "nobody"])
def test_a_code_for_another_or_no_login_is_refused(office: Office, login: str) -> None:
    with pytest.raises(InvitationRefused):
        _accept(office, login, office.invitations["igor"].text)


def test_a_mistyped_word_is_named(office: Office) -> None:
    words = ["xyzzyx", *office.invitations["igor"].words[1:]]

    with pytest.raises(UnknownWord) as refused:
        _accept(office, "igor", " ".join(words))

    assert refused.value.position == 1


def test_an_invitation_holds_fourteen_days(office: Office, clock: FixedClock) -> None:
    clock.advance(days=14)
    _accept(office, "igor", office.invitations["igor"].text)

    clock.advance(days=1)
    with pytest.raises(InvitationRefused):
        _accept(office, "igor", office.invitations["igor"].text)


def test_a_wrong_first_code_can_be_tried_again(office: Office) -> None:
    token = _accept(office, "igor", office.invitations["igor"].text)
    with pytest.raises(WrongOneTimeCode):
        _enrol(office, token, "000000")

    _enrol(office, token)


def test_an_invitation_is_used_up_by_the_first_who_finishes(office: Office) -> None:
    code = office.invitations["igor"].text
    first, second = _accept(office, "igor", code), _accept(office, "igor", code)
    _enrol(office, first)

    with pytest.raises(SessionEnded):
        _enrol(office, second)
    with pytest.raises(InvitationRefused):
        _accept(office, "igor", code)


def test_an_enrolling_session_opens_nothing_else_and_ends_with_the_enrolment(
    office: Office,
) -> None:
    token = _accept(office, "ingrid", office.invitations["ingrid"].text)
    now = office.clock.now()
    with office.database.reading() as session, pytest.raises(SessionEnded):
        staff.open_staff_session(session, token, now)

    signed_in = _enrol(office, token)

    with office.database.reading() as session:
        for ended in (token, signed_in):
            with pytest.raises(SessionEnded):
                enrolment.enrolment(session, ended, now)


def test_what_an_enrolment_shows_fits_an_authenticator(office: Office) -> None:
    token = _accept(office, "igor", office.invitations["igor"].text)

    with office.database.reading() as session:
        shown = enrolment.enrolment(session, token, office.clock.now(), "Ombuds Test")

    assert shown.uri.startswith("otpauth://totp/Ombuds%20Test:igor?secret=")
    assert shown.secret in shown.uri
    assert shown.secret not in repr(shown)


def test_a_roster_that_ran_out_stops_intake_until_it_is_signed_anew(
    office: Office, clock: FixedClock
) -> None:
    ada = office.signed_in("ada")
    folder = office.home / "roster"
    clock.advance(days=366)
    today = office_day(clock.now())
    with pytest.raises(RosterRejected) as refused:
        office.roster()
    assert refused.value.reason is RosterFault.EXPIRED

    expired = roster_store.load(folder, today, expired_too=True)
    with office.database.writing() as session:
        proposed = rosters.propose(session, expired, Changes(), ada, clock.now())
        roster_store.append(folder, proposed.file, today)

    renewed = office.roster().roster
    assert (renewed.serial, renewed.members) == (2, expired.roster.members)
    assert renewed.expires_on > today


@pytest.mark.parametrize("by", ["ingrid", "hilde", "igor", "carla"])
def test_only_administrators_renew(office: Office, by: str) -> None:
    someone, roster = office.signed_in(by), office.roster()

    with office.database.writing() as session, pytest.raises(Refused):
        rosters.propose(session, roster, Changes(), someone, office.clock.now())


def test_of_two_enrolments_with_one_invitation_one_is_finished(office: Office) -> None:
    code = office.invitations["igor"].text
    first, second = _accept(office, "igor", code), _accept(office, "igor", code)

    _enrol(office, first)

    with pytest.raises(SessionEnded):
        _enrol(office, second)
