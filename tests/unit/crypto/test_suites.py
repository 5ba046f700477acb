"""Keys of several suites side by side: each says which it is of, and none opens another's."""

import pytest

from crypto import envelope, suites
from crypto.errors import Malformed, OpeningFailed
from crypto.grants import grant_case, grant_intake, open_case_grant, open_intake_grant
from crypto.hybrid import Hybrid
from crypto.keys import (
    CasePrivateKey,
    CasePublicKey,
    IntakePrivateKey,
    MailboxPrivateKey,
    PersonalPrivateKey,
    PrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.labels import Context, Purpose
from crypto.passphrase import unwrap_seed, wrap_seed
from crypto.sealed_box import open_sealed, seal
from crypto.secret_sharing import combine, split
from crypto.session import SessionToken, open_session, seal_session
from crypto.signing import RosterSigningKey
from tests.support.toy_suite import TOY, add_suite
from tests.unit.crypto.builders import WEAK, assert_shut, every_byte_spoilt, seed

CASE_ID = b"c" * 16
CONTEXT = Context(Purpose.NOTE, (CASE_ID,))
RAW = seed("case").raw
HOLDERS = [IntakePrivateKey, PersonalPrivateKey, RecoveryPrivateKey]


class Twin(Hybrid):
    """The algorithms of suite 1 under another number."""

    number = 3


@pytest.fixture(autouse=True)
def _toy_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    add_suite(monkeypatch)


def of_suite(number: int, raw: bytes = RAW) -> Seed:
    return Seed(number.to_bytes(2, "big") + raw)


class TestASeed:
    def test_alone_is_of_suite_1(self) -> None:
        assert Seed(RAW).suite == 1
        assert (Seed.generate().suite, len(Seed.generate().raw)) == (1, 32)

    def test_of_another_suite_names_it(self) -> None:
        made = Seed.generate(TOY)

        assert (made.suite, made.raw[:2], len(made.raw)) == (TOY, b"\x00\x02", 34)
        assert made != Seed.generate(TOY)
        assert repr(made) == "Seed(hidden)"

    @pytest.mark.parametrize("number", [0, 1, 4, 0x0200, 0xFFFF])
    def test_of_an_unknown_suite_or_of_suite_1_spelled_out_is_refused(self, number: int) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            of_suite(number)
        with pytest.raises(Malformed):
            Seed.from_bytes(number.to_bytes(2, "big") + RAW)


class TestAKey:
    def test_names_its_suite_and_comes_back_from_its_encoding(self) -> None:
        public = CasePrivateKey(of_suite(TOY)).public

        assert public.to_bytes()[:2] == bytes([TOY, CasePublicKey.KIND])
        assert CasePublicKey.from_bytes(public.to_bytes()) == public

    def test_of_an_unknown_suite_is_malformed(self) -> None:
        encoded = CasePrivateKey(of_suite(TOY)).public.to_bytes()

        with pytest.raises(Malformed, match="unknown suite"):
            CasePublicKey.from_bytes(b"\x04" + encoded[1:])

    def test_under_the_number_of_another_suite_is_malformed(self) -> None:
        toy, hybrid = CasePrivateKey(of_suite(TOY)).public, CasePrivateKey(Seed(RAW)).public

        with pytest.raises(Malformed):
            CasePublicKey(1, toy.raw)
        with pytest.raises(Malformed):
            CasePublicKey(TOY, hybrid.raw)

    def test_the_same_32_bytes_give_unrelated_keys_even_with_the_same_algorithms(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_suite(monkeypatch, Twin())
        first, twin = CasePrivateKey(Seed(RAW)), CasePrivateKey(of_suite(Twin.number))

        assert first != twin
        assert first.public.raw[:32] != twin.public.raw[:32]
        assert first.public.raw[32:] != twin.public.raw[32:]

    def test_signs_as_another_person_would(self) -> None:
        signers = {RosterSigningKey.from_seed(of).verify_key for of in (Seed(RAW), of_suite(TOY))}

        assert len(signers) == 2


class TestWhatIsSealed:
    def test_in_suite_1_is_as_before(self) -> None:
        box = seal(b"secret", CasePrivateKey(Seed(RAW)).public, CONTEXT)

        assert (box[0], len(box)) == (1, 6 + 1153)

    def test_in_another_suite_opens_and_names_it(self) -> None:
        key = CasePrivateKey(of_suite(TOY))
        box = seal(b"secret", key.public, CONTEXT)

        assert (box[0], len(box)) == (TOY, 6 + 81)
        assert open_sealed(box, key, CONTEXT) == b"secret"

    def test_and_spoilt_anywhere_stays_shut(self) -> None:
        key = CasePrivateKey(of_suite(TOY))
        box = seal(b"secret", key.public, CONTEXT)

        for changed in every_byte_spoilt(box):
            assert_shut(lambda changed=changed: open_sealed(changed, key, CONTEXT))  # type: ignore[misc]

    @pytest.mark.parametrize(("mine", "theirs"), [(1, TOY), (TOY, 1)])
    def test_in_one_suite_stays_shut_to_a_key_of_another(self, mine: int, theirs: int) -> None:
        keys = {1: CasePrivateKey(Seed(RAW)), TOY: CasePrivateKey(of_suite(TOY))}
        box = seal(b"secret" * 300, keys[mine].public, CONTEXT)

        for opened in (box, bytes([theirs]) + box[1:]):
            with pytest.raises(OpeningFailed):
                open_sealed(opened, keys[theirs], CONTEXT)
            if opened != box:
                with pytest.raises(OpeningFailed):
                    open_sealed(opened, keys[mine], CONTEXT)

    def test_in_a_suite_that_was_taken_away_is_malformed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = CasePrivateKey(of_suite(TOY))
        box = seal(b"secret", key.public, CONTEXT)
        monkeypatch.setattr(suites, "SUITES", {1: suites.SUITES[1]})

        with pytest.raises(Malformed, match="unknown suite"):
            open_sealed(box, key, CONTEXT)

    def test_for_people_of_two_suites_is_one_message(self) -> None:
        case, mailbox = CasePrivateKey(of_suite(TOY)), MailboxPrivateKey(seed("mailbox"))
        sealed = envelope.seal(b"Er was fraude.", CONTEXT, (case.public, mailbox.public))

        keys: tuple[PrivateKey, ...] = (case, mailbox)
        for key, sealed_key in zip(keys, sealed.sealed_keys, strict=True):
            opened = envelope.open_envelope(sealed.body, sealed_key, key, CONTEXT)
            assert opened == b"Er was fraude."


class TestWhateverHoldsASeedHoldsItsSuite:
    @pytest.mark.parametrize("holder", HOLDERS)
    @pytest.mark.parametrize("holds", [Seed(seed("holder").raw), None])
    def test_a_case_granted(
        self,
        holder: type[IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey],
        holds: Seed | None,
    ) -> None:
        key = holder(holds or of_suite(TOY, seed("holder").raw))
        for case in (Seed(RAW), of_suite(TOY)):
            box = grant_case(case, CASE_ID, key.public)

            assert open_case_grant(box, CASE_ID, key) == CasePrivateKey(case)

    def test_the_intake_key_granted(self) -> None:
        person = PersonalPrivateKey(seed("person"))
        box = grant_intake(of_suite(TOY), person.public)

        assert open_intake_grant(box, person) == IntakePrivateKey(of_suite(TOY))

    def test_a_grant_of_something_else_is_malformed(self) -> None:
        person = PersonalPrivateKey(seed("person"))
        box = seal(b"\x00\x09" + RAW, person.public, Context(Purpose.INTAKE_GRANT))

        with pytest.raises(Malformed):
            open_intake_grant(box, person)

    def test_a_passphrase(self) -> None:
        wrapped = wrap_seed(of_suite(TOY), "passphrase", b"owner", WEAK)

        assert unwrap_seed(wrapped, "passphrase", b"owner") == of_suite(TOY)

    def test_a_session(self) -> None:
        token = SessionToken.generate()
        sealed = seal_session(of_suite(TOY).raw, token)

        assert Seed.from_bytes(open_session(sealed, token)) == of_suite(TOY)

    def test_shares_on_paper(self) -> None:
        shares = split(of_suite(TOY).raw, 2, 3)

        assert Seed.from_bytes(combine(shares[1:])) == of_suite(TOY)
