"""Somebody holds the whole database, the server's configuration and every hash, and tries it all.

No rule of the program is asked here: every box in every table is tried with every key that the
thief has, or gets from another box.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cases.actions import assignment, correspondence, mailboxes
from cases.actions.office import NewPerson
from cases.database import Database
from cases.domain.contents import MessageKind
from cases.domain.facts import Identity
from cases.domain.roles import Role
from cases.models import (
    Case,
    ConsultationMessage,
    IdentityAnswer,
    IdentityRequest,
    MailboxSession,
    Message,
    Note,
    Staff,
    StaffSession,
    TransitionEntry,
)
from crypto.errors import CryptoError, OpeningFailed
from crypto.keys import Seed
from crypto.labels import Purpose
from crypto.passphrase import unwrap_seed
from crypto.personal import open_personal
from crypto.secret_sharing import combine
from crypto.session import SessionToken, open_session
from tests.support.consulting import Consulting, consulting, new_words
from tests.support.custody import Custody, custody_of_a_name
from tests.support.databases import shown, sqlite_url
from tests.support.office import PASSPHRASE, PEOPLE, FixedClock, Office, found
from tests.support.scenes import Scene, scene
from tests.support.submissions import REPORT, submit
from tests.support.thief import Thief
from web.settings import Audience

PEOPLE_AND_AUDITOR = (
    *PEOPLE,
    NewPerson("aude", "Aude Auditor", frozenset({Role.AUDITOR})),
    NewPerson("isa", "Isa Investigator", frozenset({Role.INVESTIGATOR})),
)
SEALED_TO_A_CASE = (
    *(Case, Message, Note, TransitionEntry, ConsultationMessage),
    *(IdentityRequest, IdentityAnswer),
)
EVERYONE = [person.login for person in PEOPLE_AND_AUDITOR]


@dataclass(frozen=True)
class Robbed:
    """An office with cases in many hands, and a copy of its database."""

    office: Office
    pooled: Scene
    igors: Scene
    isas: Scene
    asked: Consulting
    named: Custody

    def thief(self) -> Thief:
        """With a copy, and no key."""
        return Thief.of(self.office.database)

    def of(self, *logins: str) -> Thief:
        """With a copy, and what these people type."""
        thief = self.thief()
        for login in logins:
            thief.learn_passphrase(PASSPHRASE, self.office.signed_in(login).member.id)
        return thief

    @property
    def pool(self) -> set[bytes]:
        return {self.pooled.case_id, self.asked.scene.case_id, self.named.scene.case_id}


@pytest.fixture(scope="module")
def robbed(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Robbed]:
    folder = tmp_path_factory.mktemp("robbed")
    path = folder / "zegel.sqlite"
    path.write_bytes(migrated_sqlite.read_bytes())
    database = Database(shown(sqlite_url(path)))
    office = found(folder / "home", database, FixedClock(), PEOPLE_AND_AUDITOR)
    for login in EVERYONE:
        office.signed_in(login)
    asked = consulting(office)
    asked.release(asked.prepare(), words=new_words())
    named = custody_of_a_name(office, Identity("Noor for Hilde", "noor@example.org"))
    named.granted("hilde")
    igors, isas = (_taken(office, login) for login in ("igor", "isa"))
    yield Robbed(office, _pooled(office), igors, isas, asked, named)
    database.close()


def _pooled(office: Office) -> Scene:
    """A report with a name given in confidence, read and answered from both sides."""
    identity, today = Identity("Jan in confidence", "jan@example.org"), office.clock.now().date()
    with office.database.writing() as session:
        facts = replace(REPORT, what="in the pool")
        received, keys = submit(session, office.roster(), today, facts, identity)
    ours = Scene(office, received.case_id, keys)
    token = ours.come_back()
    with office.database.writing() as session:
        mailbox = ours.mailbox(session, token)
        mailboxes.write(session, mailbox, "more in the pool", MessageKind.REPLY, today)
    return ours


def _taken(office: Office, login: str) -> Scene:
    """A report that one investigator took out of the pool, with a note and an answer."""
    ours, now = scene(office, replace(REPORT, what=f"what {login} reads")), office.clock.now()
    member = ours.colleague(login)
    with office.database.writing() as session:
        case, ingrid = ours.open(session), office.signed_in("ingrid")
        assignment.share(session, case, member, ingrid, case.version, now)
    by = office.signed_in(login)
    with office.database.writing() as session:
        case = ours.open(session, login)
        assignment.take(session, case, by, case.version, now)
    with office.database.writing() as session:
        case = ours.open(session, login)
        correspondence.add_note(session, case, f"a note of {login}", by, now)
    with office.database.writing() as session:
        case = ours.open(session, login)
        answer, rules = f"an answer of {login}", office.rules()
        correspondence.reply(session, case, answer, by, case.version, now, rules)
    return ours


def test_without_a_passphrase_nothing_opens(robbed: Robbed) -> None:
    loot = robbed.thief().loot()

    assert (loot.cases, loot.texts, loot.shares) == (frozenset(), (), 0)


def test_no_32_bytes_that_lie_in_the_open_are_a_key_of_anything(robbed: Robbed) -> None:
    """Hashes, ids of sessions, digests, verify keys and the keys that sign forms."""
    thief = robbed.thief()
    configured = [robbed.office.settings(each).secret_key for each in Audience]
    thief.learn(*map(Seed, {*_lengths_of_a_seed(thief), *configured}))

    loot = thief.loot()

    assert (loot.cases, loot.texts, loot.shares) == (frozenset(), (), 0)


def test_no_session_opens_without_its_cookie(robbed: Robbed) -> None:
    rows = robbed.thief().rows
    sessions = [*rows[StaffSession], *rows[MailboxSession]]
    guesses = [SessionToken(each) for each in _lengths_of_a_seed(robbed.thief())]

    assert len(sessions) > len(EVERYONE)
    for row in sessions:
        for guess in guesses:
            with pytest.raises(OpeningFailed):
                open_session(row.sealed, guess)  # type: ignore[attr-defined]  # both have it


def test_a_wrong_passphrase_gives_no_seed_and_a_lower_cost_in_the_row_neither(
    robbed: Robbed,
) -> None:
    for row in robbed.thief().rows[Staff]:
        assert isinstance(row, Staff)
        with pytest.raises(OpeningFailed):
            unwrap_seed(row.wrapped_seed, PASSPHRASE + "s", row.id)
        cheaper = row.wrapped_seed[:5] + b"\x02" + row.wrapped_seed[6:]
        with pytest.raises(CryptoError):
            unwrap_seed(cheaper, PASSPHRASE, row.id)


@pytest.mark.parametrize("login", ["ada", "aude"])
def test_the_passphrase_of_who_handles_no_case_opens_none(robbed: Robbed, login: str) -> None:
    loot = robbed.of(login).loot()

    assert (loot.cases, loot.texts) == (frozenset(), ())


@pytest.mark.parametrize(("login", "other"), [("igor", "isa"), ("isa", "igor")])
def test_an_investigators_passphrase_opens_her_cases_only(
    robbed: Robbed, login: str, other: str
) -> None:
    hers = {"igor": robbed.igors, "isa": robbed.isas}[login]

    loot = robbed.of(login).loot()

    assert loot.cases == {hers.case_id}
    for text in (f"what {login} reads", f"a note of {login}", f"an answer of {login}"):
        assert text.encode() in loot.everything
    for text in (f"what {other} reads", f"a note of {other}", "in the pool", "list of suppliers"):
        assert text.encode() not in loot.everything


@pytest.mark.parametrize("login", ["ingrid", "hilde"])
def test_who_holds_the_intake_key_opens_the_pool_and_nothing_that_was_taken(
    robbed: Robbed, login: str
) -> None:
    loot = robbed.of(login).loot()

    assert loot.cases == robbed.pool
    for text in ("in the pool", "more in the pool", "list of suppliers"):
        assert text.encode() in loot.everything
    for text in ("what igor reads", "what isa reads", "Jan in confidence"):
        assert text.encode() not in loot.everything


def test_a_reporter_opens_her_own_mailbox_and_not_the_case(robbed: Robbed) -> None:
    thief = robbed.thief()
    thief.learn(robbed.igors.keys.seed)

    loot = thief.loot()

    assert loot.cases == frozenset()
    assert b"an answer of igor" in loot.everything
    for text in ("a note of igor", "in the pool", "what isa reads"):
        assert text.encode() not in loot.everything


def test_a_name_given_in_confidence_takes_two_custodians_and_no_case_key(robbed: Robbed) -> None:
    alone, together = robbed.of("carla").loot(), robbed.of("carla", "cem").loot()
    everyone_else = robbed.of(*(each for each in EVERYONE if not each.startswith("c"))).loot()

    # A share of each of two names, and not even the request that she decided on is left.
    assert (alone.shares, alone.texts, alone.cases) == (2, (), frozenset())
    assert b"Jan in confidence" in together.everything
    assert together.cases == frozenset()
    assert b"in the pool" in everyone_else.everything
    assert b"Jan in confidence" not in everyone_else.everything


def test_a_name_that_custodians_handed_over_opens_for_whoever_asked_and_nobody_else(
    robbed: Robbed,
) -> None:
    hilde, others = robbed.of("hilde").loot(), robbed.of("ingrid", "igor", "ada", "cas").loot()

    assert b"Noor for Hilde" in hilde.everything
    assert b"Noor for Hilde" not in others.everything
    assert robbed.named.scene.case_id in others.cases


def test_enough_recovery_shares_open_every_case_and_no_name(robbed: Robbed) -> None:
    thief = robbed.thief()
    thief.learn(Seed(combine(robbed.office.recovery_shares[1:])))

    loot = thief.loot()

    assert loot.cases == robbed.pool | {robbed.igors.case_id, robbed.isas.case_id}
    assert b"Jan in confidence" not in loot.everything
    assert b"Noor for Hilde" not in loot.everything
    # So the thief is not blind: whatever is sealed to a case was opened.
    sealed = sum(len(thief.rows[kind]) for kind in SEALED_TO_A_CASE)
    assert len(loot.texts) == sealed > 20


def test_a_one_time_code_secret_opens_for_its_owner_only(robbed: Robbed) -> None:
    igor = robbed.office.signed_in("igor").keys.personal.seed
    opened = []
    for row in robbed.thief().rows[Staff]:
        assert isinstance(row, Staff)
        try:
            open_personal(row.totp_sealed or b"", igor, Purpose.TOTP)
        except CryptoError:
            continue
        opened.append(row.login)

    assert opened == ["igor"]


def _lengths_of_a_seed(thief: Thief) -> Sequence[bytes]:
    """Every value of 32 bytes in the database."""
    values = (value for rows in thief.rows.values() for row in rows for value in vars(row).values())
    return sorted({value for value in values if isinstance(value, bytes) and len(value) == 32})
