"""A case's new key is believed by the word of somebody who handles cases, and by nothing else."""

from dataclasses import replace

import pytest
from nacl.signing import VerifyKey

from crypto.case_keys import KeyChange
from crypto.keys import CasePrivateKey, Seed
from tests.support.key_changes import KEEPER, STAFF_MEMBER, rosters

OLD, NEW, OTHER = (CasePrivateKey(Seed(each * 32)).public for each in (b"o", b"n", b"x"))
CHANGE = KeyChange(b"c" * 16, 7, OLD.key_id, NEW, STAFF_MEMBER.id, 1)
SIGNATURE = CHANGE.sign(STAFF_MEMBER.signing_key)


def test_who_handles_cases_is_believed() -> None:
    assert CHANGE.verifies(SIGNATURE, rosters())


def test_what_is_signed_is_what_the_document_of_the_formats_says() -> None:
    parts = (b"c" * 16, bytes([0, 0, 0, 7]), OLD.key_id, STAFF_MEMBER.id, bytes([0, 0, 0, 1]))
    statement = b"".join(len(each).to_bytes(4, "big") + each for each in (*parts, NEW.to_bytes()))
    label = b"zegel/v1/case-key"
    signed = len(label).to_bytes(2, "big") + label + b"\0\1"
    signed += len(statement).to_bytes(4, "big") + statement

    VerifyKey(STAFF_MEMBER.member.verify_key).verify(signed, SIGNATURE)


def test_who_left_the_office_since_is_believed_by_the_roster_of_that_day() -> None:
    assert CHANGE.verifies(SIGNATURE, rosters((KEEPER,)))


def test_who_left_cannot_sign_by_a_roster_that_does_not_name_her() -> None:
    later = replace(CHANGE, serial=2)

    assert not later.verifies(later.sign(STAFF_MEMBER.signing_key), rosters((KEEPER,)))


@pytest.mark.parametrize(
    "another",
    [
        replace(CHANGE, case_id=b"d" * 16),
        replace(CHANGE, position=8),
        replace(CHANGE, old=OTHER.key_id),
        replace(CHANGE, new=OTHER),
        replace(CHANGE, person=KEEPER.id),
        replace(CHANGE, person=b"?" * 16),
        replace(CHANGE, serial=2),
        replace(CHANGE, serial=-1),
        replace(CHANGE, serial=2**40),
    ],
    ids=["case", "place", "old key", "new key", "person", "nobody", "roster", "below", "beyond"],
)
def test_a_signature_says_nothing_of_another_change(another: KeyChange) -> None:
    assert not another.verifies(SIGNATURE, rosters((STAFF_MEMBER, KEEPER)))


def test_who_keeps_shares_or_signs_rosters_gives_no_case_a_key() -> None:
    by_keeper = replace(CHANGE, person=KEEPER.id)

    assert not by_keeper.verifies(by_keeper.sign(KEEPER.signing_key), rosters())


def test_a_signature_under_a_roster_or_the_trail_is_none_under_a_key() -> None:
    statement = CHANGE._statement()

    for signature in (
        STAFF_MEMBER.signing_key.sign(statement),
        STAFF_MEMBER.signing_key.sign_trail_head(statement),
        b"",
    ):
        assert not CHANGE.verifies(signature, rosters())


def test_without_a_roster_nobody_is_believed() -> None:
    assert not CHANGE.verifies(SIGNATURE, ())
