"""Rosters are only ever added, complete, private, and verified before they are kept."""

import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases import roster_store
from cases.errors import RosterUnusable
from crypto.errors import RosterFault, RosterRejected
from crypto.keys import (
    IntakePrivateKey,
    PersonalPrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.roster import RosterMember, RosterSigningKey, fingerprint, sign_roster
from crypto.roster_payload import ROLES, Roster

TODAY = date(2026, 11, 23)
SEED = Seed(b"s" * 32)
SIGNER = RosterSigningKey.from_seed(SEED)
FIRST = Roster(
    serial=1,
    office="Ombuds Test",
    issued_on=TODAY,
    expires_on=TODAY + timedelta(days=365),
    intake=IntakePrivateKey(Seed(b"i" * 32)).public,
    recovery=RecoveryPrivateKey(Seed(b"r" * 32)).public,
    members=(
        RosterMember(b"p" * 16, "Ann", ROLES, PersonalPrivateKey(SEED).public, SIGNER.verify_key),
    ),
    signatures_needed=1,
    custodians_needed=1,
    previous=None,
)
FIRST_FILE = sign_roster(FIRST, [SIGNER])


def _second(signer: RosterSigningKey = SIGNER) -> bytes:
    following = replace(FIRST, serial=2, previous=fingerprint(FIRST_FILE), office="Renamed")
    return sign_roster(following, [signer])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster_store.start(tmp_path / "roster", FIRST_FILE, fingerprint(FIRST_FILE))
    return tmp_path / "roster"


def test_the_first_roster_comes_back_verified(folder: Path) -> None:
    assert roster_store.load(folder, TODAY).roster == FIRST


def test_the_next_roster_takes_its_place(folder: Path) -> None:
    added = roster_store.append(folder, _second(), TODAY)

    assert added.roster.office == "Renamed"
    assert roster_store.load(folder, TODAY) == added


def test_files_are_for_their_owner_only_and_nothing_unfinished_stays(folder: Path) -> None:
    files = sorted(folder.iterdir())

    assert [file.name for file in files] == ["0001.json", "pin"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_roster_that_does_not_verify_is_not_kept(folder: Path) -> None:
    stranger = RosterSigningKey.from_seed(Seed(b"x" * 32))

    with pytest.raises(RosterRejected) as refused:
        roster_store.append(folder, _second(stranger), TODAY)

    assert refused.value.reason is RosterFault.NOT_ENOUGH_SIGNATURES
    assert roster_store.load(folder, TODAY).roster == FIRST


def test_of_two_that_add_the_same_serial_one_is_refused(folder: Path) -> None:
    (folder / "0002.json").write_bytes(_second())
    files_then = {path: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(RosterRejected):
        roster_store.append(folder, _second(), TODAY)

    assert {path: path.read_bytes() for path in folder.iterdir()} == files_then


def test_a_second_office_cannot_start_in_the_same_folder(folder: Path) -> None:
    with pytest.raises(RosterUnusable):
        roster_store.start(folder, FIRST_FILE, fingerprint(FIRST_FILE))

    assert roster_store.load(folder, TODAY).roster == FIRST


def test_a_changed_pin_is_noticed(folder: Path) -> None:
    (folder / "pin").write_text("00" * 32)

    with pytest.raises(RosterRejected) as refused:
        roster_store.load(folder, TODAY)

    assert refused.value.reason is RosterFault.NOT_PINNED


def test_what_is_missing_or_unreadable_is_named_in_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RosterUnusable, match=r"^There is no roster in .*nowhere\.$"):
        roster_store.load(tmp_path / "nowhere", TODAY)
    (folder / "pin").write_text("not hex")
    with pytest.raises(RosterUnusable, match="not a fingerprint"):
        roster_store.load(folder, TODAY)
    (folder / "pin").unlink()
    with pytest.raises(RosterUnusable, match="unreadable"):
        roster_store.load(folder, TODAY)


def test_a_folder_that_cannot_be_made_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(RosterUnusable, match="cannot be made"):
        roster_store.start(tmp_path / "file" / "roster", FIRST_FILE, fingerprint(FIRST_FILE))
