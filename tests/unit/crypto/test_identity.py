"""Identities that only enough custodians open."""

from itertools import combinations

import pytest

from crypto import sealed_box
from crypto.errors import Malformed, OpeningFailed, SharesRejected
from crypto.identity import (
    hand_over,
    open_handed_over,
    open_identity,
    open_share,
    seal_identity,
)
from crypto.keys import IntakePrivateKey, PersonalPrivateKey
from crypto.labels import Context, Purpose
from crypto.secret_sharing import split
from tests.unit.crypto.builders import assert_shut, every_byte_spoilt, seed

CASE = b"\x01" * 16
CUSTODIANS = [PersonalPrivateKey(seed(f"custodian {number}")) for number in range(3)]
PUBLICS = [custodian.public for custodian in CUSTODIANS]
SEALED = seal_identity(b"Ann", CASE, PUBLICS, 2)
OPENED = [
    open_share(share.box, CASE, custodian)
    for share, custodian in zip(SEALED.shares, CUSTODIANS, strict=True)
]


def test_any_two_of_three_custodians_open_it() -> None:
    assert [share.key_id for share in SEALED.shares] == [public.key_id for public in PUBLICS]
    for chosen in combinations(OPENED, 2):
        assert open_identity(SEALED.body, CASE, chosen) == b"Ann"


def test_one_custodian_does_not() -> None:
    for share in OPENED:
        with pytest.raises(SharesRejected):
            open_identity(SEALED.body, CASE, [share])


def test_a_custodian_alone_opens_it_where_one_is_enough() -> None:
    sealed = seal_identity(b"Ann", CASE, PUBLICS, 1)

    for share, custodian in zip(sealed.shares, CUSTODIANS, strict=True):
        opened = open_share(share.box, CASE, custodian)
        assert open_identity(sealed.body, CASE, [opened]) == b"Ann"


def test_nobody_opens_another_custodians_share() -> None:
    with pytest.raises(OpeningFailed):
        open_share(SEALED.shares[0].box, CASE, CUSTODIANS[1])


def test_approving_one_identity_opens_no_other() -> None:
    other = seal_identity(b"Bea", b"\x02" * 16, PUBLICS, 2)

    with pytest.raises(OpeningFailed):
        open_identity(other.body, b"\x02" * 16, OPENED[:2])
    with pytest.raises(OpeningFailed):
        open_identity(SEALED.body, b"\x02" * 16, OPENED[:2])
    with pytest.raises(OpeningFailed):
        open_share(SEALED.shares[0].box, b"\x02" * 16, CUSTODIANS[0])


def test_shares_of_a_secret_of_another_length_do_not_open_it() -> None:
    with pytest.raises(OpeningFailed):
        open_identity(SEALED.body, CASE, split(bytes(16), 2, 2))


def test_a_flipped_bit_in_any_byte_keeps_it_shut() -> None:
    for body in every_byte_spoilt(SEALED.body[:60]):
        assert_shut(lambda body=body: open_identity(body + SEALED.body[60:], CASE, OPENED[:2]))  # type: ignore[misc]


def test_shares_tell_nothing_by_their_length() -> None:
    boxes = [share.box for _ in range(20) for share in seal_identity(b"", CASE, PUBLICS, 2).shares]

    assert len({len(box) for box in boxes}) == 1


@pytest.mark.parametrize("content", [b"words", b"\xff" * 300])
def test_a_box_that_holds_no_share_is_malformed(content: bytes) -> None:
    box = sealed_box.seal(content, PUBLICS[0], Context(Purpose.IDENTITY_SHARE, (CASE,)))

    with pytest.raises(Malformed):
        open_share(box, CASE, CUSTODIANS[0])


def test_only_people_are_custodians() -> None:
    intake = IntakePrivateKey(seed("intake"))

    with pytest.raises(TypeError, match="personal key"):
        seal_identity(b"Ann", CASE, [*PUBLICS, intake.public], 2)  # type: ignore[list-item]
    with pytest.raises(TypeError, match="personal key"):
        open_share(SEALED.shares[0].box, CASE, intake)  # type: ignore[arg-type]


@pytest.mark.parametrize(("custodians", "needed"), [(PUBLICS[:1], 2), ([], 1), (PUBLICS, 0)])
def test_too_few_custodians_are_refused(custodians: list[object], needed: int) -> None:
    with pytest.raises(ValueError, match="needed shares"):
        seal_identity(b"Ann", CASE, custodians, needed)  # type: ignore[arg-type]


def test_a_custodian_cannot_hold_two_shares() -> None:
    with pytest.raises(ValueError, match="one share"):
        seal_identity(b"Ann", CASE, [PUBLICS[0], PUBLICS[0]], 2)


REQUEST = b"\x07" * 16
ASKER = PersonalPrivateKey(seed("asker"))


def test_shares_handed_over_for_one_request_open_the_identity() -> None:
    boxes = [hand_over(share, CASE, REQUEST, ASKER.public) for share in OPENED[:2]]

    shares = [open_handed_over(box, CASE, REQUEST, ASKER) for box in boxes]

    assert open_identity(SEALED.body, CASE, shares) == b"Ann"


def test_a_share_handed_over_opens_for_whoever_asked_in_that_request_only() -> None:
    box = hand_over(OPENED[0], CASE, REQUEST, ASKER.public)

    with pytest.raises(OpeningFailed):
        open_handed_over(box, CASE, REQUEST, CUSTODIANS[0])
    with pytest.raises(OpeningFailed):
        open_handed_over(box, CASE, b"\x08" * 16, ASKER)
    with pytest.raises(OpeningFailed):
        open_handed_over(box, b"\x02" * 16, REQUEST, ASKER)
    with pytest.raises(OpeningFailed):
        open_share(box, CASE, ASKER)


def test_a_share_is_handed_over_to_a_person_only() -> None:
    intake = IntakePrivateKey(seed("intake"))

    with pytest.raises(TypeError, match="personal key"):
        hand_over(OPENED[0], CASE, REQUEST, intake.public)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="personal key"):
        open_handed_over(b"", CASE, REQUEST, intake)  # type: ignore[arg-type]
