"""The office's roster: who vouches for its keys, from the pinned first one on."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crypto import roster_payload, strict_json
from crypto.errors import Malformed, RosterFault, RosterRejected
from crypto.keys import IntakePrivateKey, PersonalPrivateKey, RecoveryPrivateKey
from crypto.roster import (
    Roster,
    RosterMember,
    RosterSigningKey,
    add_signature,
    check_remembered,
    fingerprint,
    read_chain,
    read_file,
    read_rosters,
    sign_roster,
)
from crypto.signing import verifies
from tests.unit.crypto.builders import every_byte_spoilt, seed

AN, BO, CEL = (RosterSigningKey.from_seed(seed(name)) for name in ("An", "Bo", "Cel"))
TODAY = date(2026, 6, 1)


def member(name: str, *roles: str) -> RosterMember:
    return RosterMember(
        person=seed(name).raw[:16],
        name=name,
        roles=frozenset(roles),
        public=PersonalPrivateKey(seed(name)).public,
        verify_key=RosterSigningKey.from_seed(seed(name)).verify_key,
    )


FIRST = Roster(
    serial=1,
    office="Ombudsdienst",
    issued_on=date(2026, 1, 1),
    expires_on=date(2026, 12, 31),
    intake=IntakePrivateKey(seed("intake")).public,
    recovery=RecoveryPrivateKey(seed("recovery")).public,
    members=(
        member("An", "signer", "custodian"),
        member("Bo", "signer", "intake"),
        member("Cel", "custodian", "staff"),
    ),
    signatures_needed=2,
    custodians_needed=2,
    previous=None,
)
FIRST_FILE = sign_roster(FIRST, [AN, BO])
PIN = fingerprint(FIRST_FILE)
SECOND = replace(FIRST, serial=2, issued_on=date(2026, 5, 1), previous=PIN)


def reason(files: list[bytes], *, pin: bytes = PIN, today: date = TODAY) -> RosterFault:
    with pytest.raises(RosterRejected) as refusal:
        read_chain(files, pin, today)
    return refusal.value.reason


class TestOneRoster:
    def test_that_is_pinned_and_signed_is_believed(self) -> None:
        verified = read_chain([FIRST_FILE], PIN, TODAY)

        assert verified.roster == FIRST
        assert verified.fingerprint == PIN
        assert len(verified.fingerprint_text.split()) == 16
        assert bytes.fromhex(verified.fingerprint_text) == PIN

    def test_lists_its_members_by_role(self) -> None:
        assert [each.name for each in FIRST.with_role("signer")] == ["An", "Bo"]
        assert [each.name for each in FIRST.with_role("custodian")] == ["An", "Cel"]

    def test_that_is_not_pinned_is_refused(self) -> None:
        assert reason([FIRST_FILE], pin=bytes(32)) is RosterFault.NOT_PINNED

    @pytest.mark.parametrize("keys", [[], [AN], [AN, AN], [AN, CEL], [CEL, CEL, CEL]])
    def test_needs_enough_different_signers(self, keys: list[RosterSigningKey]) -> None:
        assert reason([sign_roster(FIRST, keys)]) is RosterFault.NOT_ENOUGH_SIGNATURES

    def test_may_carry_signatures_of_strangers_besides(self) -> None:
        file = sign_roster(FIRST, [CEL, AN, BO])

        assert read_chain([file], PIN, TODAY).roster == FIRST

    @pytest.mark.parametrize(
        ("today", "fault"),
        [
            (date(2025, 12, 31), RosterFault.ISSUED_IN_FUTURE),
            (date(2027, 1, 1), RosterFault.EXPIRED),
        ],
    )
    def test_holds_from_its_first_to_its_last_day(self, today: date, fault: RosterFault) -> None:
        assert read_chain([FIRST_FILE], PIN, FIRST.issued_on).roster == FIRST
        assert read_chain([FIRST_FILE], PIN, FIRST.expires_on).roster == FIRST
        assert reason([FIRST_FILE], today=today) is fault

    def test_none_at_all_is_refused(self) -> None:
        assert reason([]) is RosterFault.EMPTY


class TestTheNextRoster:
    def test_is_believed_when_signers_of_the_previous_one_signed(self) -> None:
        file = sign_roster(SECOND, [AN, BO])

        assert read_chain([FIRST_FILE, file], PIN, TODAY).roster == SECOND

    def test_is_believed_after_the_previous_one_expired(self) -> None:
        later = replace(SECOND, expires_on=date(2027, 12, 31))

        file = sign_roster(later, [AN, BO])

        assert read_chain([FIRST_FILE, file], PIN, date(2027, 6, 1)).roster == later

    def test_is_refused_when_only_signers_it_names_itself_signed(self) -> None:
        seized = replace(SECOND, members=(*FIRST.members[:2], member("Cel", "custodian", "signer")))
        seized = replace(seized, custodians_needed=1, signatures_needed=1)

        file = sign_roster(seized, [CEL])

        assert reason([FIRST_FILE, file]) is RosterFault.NOT_ENOUGH_SIGNATURES

    def test_is_refused_when_too_few_signers_of_the_previous_one_signed(self) -> None:
        lax = replace(SECOND, signatures_needed=1)

        assert reason([FIRST_FILE, sign_roster(lax, [AN])]) is RosterFault.NOT_ENOUGH_SIGNATURES

    def test_takes_its_signers_from_the_roster_just_before_it(self) -> None:
        members = (member("An", "custodian"), member("Bo", "intake", "signer"), FIRST.members[2])
        second = replace(SECOND, members=members, signatures_needed=1)
        second_file = sign_roster(second, [AN, BO])
        third = replace(second, serial=3, previous=fingerprint(second_file))

        by_bo, by_an = sign_roster(third, [BO]), sign_roster(third, [AN])

        assert read_chain([FIRST_FILE, second_file, by_bo], PIN, TODAY).roster == third
        refused = reason([FIRST_FILE, second_file, by_an])
        assert refused is RosterFault.NOT_ENOUGH_SIGNATURES

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"serial": 3}, RosterFault.SERIAL_GAP),
            ({"previous": bytes(32)}, RosterFault.WRONG_PREVIOUS),
            ({"issued_on": date(2025, 12, 31)}, RosterFault.ISSUED_IN_FUTURE),
            ({"issued_on": TODAY + timedelta(days=1)}, RosterFault.ISSUED_IN_FUTURE),
            ({"expires_on": TODAY - timedelta(days=1)}, RosterFault.EXPIRED),
        ],
    )
    def test_follows_the_previous_one(self, changes: dict[str, Any], fault: RosterFault) -> None:
        file = sign_roster(replace(SECOND, **changes), [AN, BO])

        assert reason([FIRST_FILE, file]) is fault

    def test_cannot_stand_alone_or_first(self) -> None:
        file = sign_roster(SECOND, [AN, BO])

        assert reason([file]) is RosterFault.NOT_PINNED
        assert reason([file], pin=fingerprint(file)) is RosterFault.NOT_PINNED
        assert reason([file, FIRST_FILE]) is RosterFault.NOT_PINNED
        assert reason([FIRST_FILE, FIRST_FILE]) is RosterFault.SERIAL_GAP


class TestAProposal:
    def test_gathers_the_signatures_of_several_hands(self) -> None:
        by_an = sign_roster(SECOND, [AN])

        by_both = add_signature(by_an, BO)

        assert reason([FIRST_FILE, by_an]) is RosterFault.NOT_ENOUGH_SIGNATURES
        assert read_chain([FIRST_FILE, by_both], PIN, TODAY).roster == SECOND
        assert fingerprint(by_an) == fingerprint(by_both)

    def test_counts_who_signed_and_may(self) -> None:
        file = add_signature(add_signature(sign_roster(SECOND, [AN]), AN), CEL)

        assert read_file(file).approved_by(FIRST) == {AN.verify_key}
        assert len(read_file(file).signatures) == 2

    def test_of_a_signature_under_other_bytes_nothing_is_counted(self) -> None:
        other = json.loads(sign_roster(replace(SECOND, office="Other"), [AN, BO]))
        file = json.loads(sign_roster(SECOND, []))
        file["signatures"] = other["signatures"]

        assert read_file(strict_json.write(file)).approved_by(FIRST) == frozenset()

    def test_that_is_no_roster_is_not_signed(self) -> None:
        with pytest.raises(RosterRejected):
            add_signature(b"{}", AN)


class TestWhatIsRemembered:
    FILES = (FIRST_FILE, sign_roster(SECOND, [AN, BO]))

    @pytest.mark.parametrize("remembered", [1, 2])
    def test_stands_in_the_chain(self, remembered: int) -> None:
        chain = read_rosters(self.FILES, PIN, TODAY)

        check_remembered(chain, remembered, chain[remembered - 1].fingerprint)

    @pytest.mark.parametrize(
        ("serial", "remembered", "fault"),
        [
            (3, bytes(32), RosterFault.ROLLED_BACK),
            (2, bytes(32), RosterFault.FORKED),
            (2, PIN, RosterFault.FORKED),
            (1, bytes(32), RosterFault.FORKED),
            (0, PIN, RosterFault.FORKED),
            (-1, PIN, RosterFault.FORKED),
        ],
    )
    def test_forbids_every_other_chain(
        self, serial: int, remembered: bytes, fault: RosterFault
    ) -> None:
        chain = read_rosters(self.FILES, PIN, TODAY)

        with pytest.raises(RosterRejected) as refused:
            check_remembered(chain, serial, remembered)

        assert refused.value.reason is fault


def signed_payload(payload: bytes) -> bytes:
    signatures = [
        {
            "signer": strict_json.encode_bytes(key.verify_key),
            "signature": strict_json.encode_bytes(key.sign(payload)),
        }
        for key in (AN, BO)
    ]
    encoded = strict_json.encode_bytes(payload)
    file = {"format": "zegel-roster/1", "payload": encoded, "signatures": signatures}
    return strict_json.write(file)


def rewritten(change: Callable[[Any], object]) -> bytes:
    payload = json.loads(roster_payload.encode(FIRST))
    change(payload)
    return signed_payload(strict_json.write(payload))


def setting(name: str, value: object) -> Callable[[Any], object]:
    return lambda payload: payload.__setitem__(name, value)


def setting_member(name: str, value: object) -> Callable[[Any], object]:
    return lambda payload: payload["members"][0].__setitem__(name, value)


INTAKE_TEXT = strict_json.encode_bytes(FIRST.intake.to_bytes())


class TestTheFormat:
    def test_the_rewriting_in_this_test_is_right(self) -> None:
        assert read_chain([rewritten(lambda payload: None)], PIN, TODAY).roster == FIRST

    @pytest.mark.parametrize(
        "change",
        [
            setting("extra", 1),
            lambda payload: payload.pop("office"),
            setting("format", "zegel-roster-payload/2"),
            setting("serial", "1"),
            setting("serial", True),
            setting("serial", 1.0),
            setting("serial", 0),
            setting("serial", -1),
            setting("serial", 2),
            setting("office", ""),
            setting("office", 7),
            setting("office", "a\nb"),
            setting("office", "a" * 201),
            setting("issued_on", "20260101"),
            setting("issued_on", "2026-W01-1"),
            setting("issued_on", "2026-02-30"),
            setting("issued_on", None),
            setting("expires_on", "2025-12-31"),
            setting("intake", strict_json.encode_bytes(FIRST.recovery.to_bytes())),
            setting("recovery", INTAKE_TEXT),
            setting("intake", INTAKE_TEXT[:-4]),
            setting("intake", INTAKE_TEXT + "\n"),
            setting("intake", "é"),
            setting("intake", None),
            setting("members", {}),
            setting("members", []),
            setting("members", [1]),
            setting("members", "An"),
            setting("signatures_needed", 3),
            setting("signatures_needed", 0),
            setting("custodians_needed", 3),
            setting("previous", ""),
            setting("previous", strict_json.encode_bytes(bytes(32))),
            setting_member("extra", 1),
            setting_member("person", strict_json.encode_bytes(bytes(15))),
            setting_member("name", None),
            setting_member("roles", ["signer", "custodian"]),
            setting_member("roles", ["custodian", "custodian", "signer"]),
            setting_member("roles", ["custodian", "king", "signer"]),
            setting_member("roles", [["signer"]]),
            setting_member("public", INTAKE_TEXT),
            setting_member("verify_key", strict_json.encode_bytes(bytes(31))),
            setting_member("verify_key", strict_json.encode_bytes(BO.verify_key)),
            lambda payload: payload["members"].append(payload["members"][0]),
        ],
    )
    def test_anything_but_a_whole_and_consistent_roster_is_refused(
        self, change: Callable[[Any], object]
    ) -> None:
        assert reason([rewritten(change)]) is RosterFault.MALFORMED

    @pytest.mark.parametrize(
        "change",
        [
            lambda payload: payload.replace(b":", b": ", 1),
            lambda payload: payload + b"\n",
            lambda payload: payload.replace(b'"format"', b'"format":"x","format"', 1),
            lambda payload: payload.replace(b"Ombuds", b"\\u004fmbuds", 1),
            lambda payload: payload.replace(b"Ombuds", "Ómbuds".encode(), 1),
            lambda payload: payload.replace(b'"serial":1', b'"serial":NaN', 1),
            lambda payload: b"[" * 100_000,
            lambda payload: b"",
            lambda payload: b"null",
        ],
    )
    def test_a_payload_has_one_spelling(self, change: Callable[[bytes], bytes]) -> None:
        changed = change(roster_payload.encode(FIRST))

        assert reason([signed_payload(changed)]) is RosterFault.MALFORMED

    @pytest.mark.parametrize(
        "change",
        [
            lambda file: file.pop("payload"),
            lambda file: file.update(extra=1),
            lambda file: file.update(format="zegel-roster/2"),
            lambda file: file.update(signatures={}),
            lambda file: file.update(signatures=[1]),
            lambda file: file["signatures"][0].update(extra=1),
            lambda file: file["signatures"][0].update(signature="AAAA"),
            lambda file: file.update(signatures=file["signatures"] * 51),
        ],
    )
    def test_a_file_of_another_shape_is_refused(self, change: Callable[[Any], object]) -> None:
        file = json.loads(FIRST_FILE)
        change(file)

        assert reason([strict_json.write(file)]) is RosterFault.MALFORMED

    @pytest.mark.parametrize(
        "change",
        [
            lambda file: file + b"\n",
            lambda file: file.replace(b":", b": ", 1),
            lambda file: file.replace(b'"format"', b'"format":"x","format"', 1),
            lambda file: b"\xef\xbb\xbf" + file,
            lambda file: b"",
        ],
    )
    def test_a_file_has_one_spelling(self, change: Callable[[bytes], bytes]) -> None:
        assert reason([change(FIRST_FILE)]) is RosterFault.MALFORMED

    def test_a_huge_file_is_refused_unread(self) -> None:
        assert reason([b" " * (4 * 1024 * 1024 + 1)]) is RosterFault.MALFORMED

    def test_no_flipped_bit_goes_unnoticed(self) -> None:
        for changed in list(every_byte_spoilt(FIRST_FILE))[::37]:
            with pytest.raises(RosterRejected):
                read_chain([changed], PIN, TODAY)

    def test_names_keep_their_accents(self) -> None:
        accented = replace(FIRST, office="Médiateur de la Région")
        file = sign_roster(accented, [AN, BO])

        assert file.isascii()
        assert read_chain([file], fingerprint(file), TODAY).roster.office == accented.office

    def test_conflicts_of_interest_are_signed_and_told_back(self) -> None:
        wary = replace(FIRST.members[0], conflicts=("actiris", "parking"))
        declared = replace(FIRST, members=(wary, *FIRST.members[1:]))
        file = sign_roster(declared, [AN, BO])

        assert read_chain([file], fingerprint(file), TODAY).roster == declared

    def test_a_roster_without_conflicts_keeps_its_first_format(self) -> None:
        assert b'"zegel-roster-payload/1"' in roster_payload.encode(FIRST)

    @pytest.mark.parametrize(
        "conflicts", [("b", "a"), ("a", "a"), ("",), ("a\n",), ("a" * 101,), (*"abc",) * 70]
    )
    def test_conflicts_have_one_spelling(self, conflicts: tuple[str, ...]) -> None:
        with pytest.raises(Malformed):
            replace(FIRST.members[0], conflicts=conflicts)

    def test_an_inconsistent_roster_cannot_even_be_made(self) -> None:
        with pytest.raises(Malformed):
            replace(FIRST, signatures_needed=3)
        with pytest.raises(Malformed):
            replace(FIRST.members[0], roles=frozenset({"king"}))
        with pytest.raises(Malformed):
            replace(FIRST, previous=bytes(31), serial=2)
        with pytest.raises(Malformed):
            replace(FIRST.members[0], person=bytes(15))
        with pytest.raises(Malformed):
            replace(FIRST, members=FIRST.members * 2)
        with pytest.raises(Malformed):
            replace(FIRST, members=(*FIRST.members, *[member("Staff", "staff")] * 500))


class TestASignature:
    def test_counts_for_its_payload_and_signer_only(self) -> None:
        signature = AN.sign(b"payload")

        assert verifies(signature, b"payload", AN.verify_key)
        assert not verifies(signature, b"payloae", AN.verify_key)
        assert not verifies(signature, b"payload", BO.verify_key)

    def test_of_any_other_bytes_is_no_signature(self) -> None:
        signature = AN.sign(b"payload")

        assert not any(
            verifies(each, b"payload", AN.verify_key) for each in every_byte_spoilt(signature)
        )
        assert not verifies(signature[:-1], b"payload", AN.verify_key)
        assert not verifies(signature, b"payload", AN.verify_key[:-1])
        assert not verifies(bytes(64), b"payload", bytes(32))

    def test_key_shows_only_its_public_half(self) -> None:
        assert repr(AN) == f"RosterSigningKey({AN.verify_key.hex()})"
