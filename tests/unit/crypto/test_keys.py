"""Seeds and key pairs."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed
from crypto.hybrid import X25519_SIZE
from crypto.keys import (
    CasePrivateKey,
    CasePublicKey,
    ConsultationPrivateKey,
    ConsultationPublicKey,
    IntakePrivateKey,
    IntakePublicKey,
    KeyKind,
    MailboxPrivateKey,
    MailboxPublicKey,
    PersonalPrivateKey,
    PersonalPublicKey,
    PrivateKey,
    PublicKey,
    RecoveryPrivateKey,
    RecoveryPublicKey,
    Seed,
)
from crypto.session import SessionToken
from tests.unit.crypto.builders import every_length_but, properties, seed

PAIRS: list[tuple[type[PrivateKey], type[PublicKey]]] = [
    (IntakePrivateKey, IntakePublicKey),
    (CasePrivateKey, CasePublicKey),
    (MailboxPrivateKey, MailboxPublicKey),
    (RecoveryPrivateKey, RecoveryPublicKey),
    (PersonalPrivateKey, PersonalPublicKey),
    (ConsultationPrivateKey, ConsultationPublicKey),
]


class TestASeed:
    def test_is_32_random_bytes(self) -> None:
        seeds = [Seed.generate() for _ in range(10)]

        assert all(len(each.raw) == 32 for each in seeds)
        assert len({each.raw for each in seeds}) == 10

    @pytest.mark.parametrize("length", [0, 31, 33])
    def test_of_another_length_is_refused(self, length: int) -> None:
        with pytest.raises(ValueError, match="32 bytes"):
            Seed(bytes(length))

    def test_does_not_show(self) -> None:
        assert repr(seed("a")) == str(seed("a")) == f"{seed('a')}" == "Seed(hidden)"

    def test_equals_the_same_seed_only(self) -> None:
        assert seed("a") == seed("a")
        assert seed("a") != seed("b")
        assert seed("a") != seed("a").raw
        assert Seed(bytes(32)) != SessionToken(bytes(32))

    def test_cannot_be_changed_or_put_in_a_set(self) -> None:
        with pytest.raises(FrozenInstanceError):
            seed("a").raw = bytes(32)  # type: ignore[misc]
        with pytest.raises(TypeError, match="unhashable"):
            hash(seed("a"))


def test_there_is_a_pair_of_types_for_every_kind() -> None:
    assert [private.KIND for private, _ in PAIRS] == list(KeyKind)
    assert [public.KIND for _, public in PAIRS] == list(KeyKind)


@pytest.mark.parametrize(("private", "public"), PAIRS)
class TestEveryKind:
    @properties
    @given(raw=st.binary(min_size=32, max_size=32))
    def test_a_public_key_comes_back_from_its_encoding(
        self, private: type[PrivateKey], public: type[PublicKey], raw: bytes
    ) -> None:
        key = private(Seed(raw)).public

        assert type(key) is public
        assert public.from_bytes(key.to_bytes()) == key
        assert len(key.to_bytes()) == 1218

    def test_no_other_kind_reads_its_encoding(
        self, private: type[PrivateKey], public: type[PublicKey]
    ) -> None:
        encoded = private(seed("a")).public.to_bytes()

        for _, other in PAIRS:
            if other is not public:
                with pytest.raises(Malformed):
                    other.from_bytes(encoded)

    def test_no_other_kind_has_the_same_halves_from_the_same_seed(
        self, private: type[PrivateKey], public: type[PublicKey]
    ) -> None:
        mine = private(seed("a")).public

        for other, _ in PAIRS:
            theirs = other(seed("a")).public
            if other is not private:
                assert mine.raw[:X25519_SIZE] != theirs.raw[:X25519_SIZE]
                assert mine.raw[X25519_SIZE:] != theirs.raw[X25519_SIZE:]
                assert mine != theirs

    def test_equal_halves_do_not_make_two_kinds_equal(
        self, private: type[PrivateKey], public: type[PublicKey]
    ) -> None:
        mine = private(seed("a")).public

        for _, other in PAIRS:
            theirs = other(mine.suite, mine.raw)
            assert (mine == theirs) == (other is public)
            assert (mine.key_id == theirs.key_id) == (other is public)

    def test_a_private_key_does_not_show(
        self, private: type[PrivateKey], public: type[PublicKey]
    ) -> None:
        key = private(seed("a"))

        assert repr(key) == str(key) == f"{private.__name__}(hidden)"
        assert repr(key.public) == f"{public.__name__}({key.public.key_id.hex()})"

    def test_private_keys_are_equal_when_their_seeds_are(
        self, private: type[PrivateKey], public: type[PublicKey]
    ) -> None:
        assert private(seed("a")) == private(seed("a"))
        assert private(seed("a")) != private(seed("b"))
        assert [other(seed("a")) == private(seed("a")) for other, _ in PAIRS].count(True) == 1


def test_another_length_is_no_public_key() -> None:
    encoded = CasePrivateKey(seed("a")).public.to_bytes()

    for changed in every_length_but(encoded):
        with pytest.raises(Malformed):
            CasePublicKey.from_bytes(changed)


def test_another_version_is_no_public_key() -> None:
    encoded = CasePrivateKey(seed("a")).public.to_bytes()

    for version in (0, 2, 255):
        with pytest.raises(Malformed):
            CasePublicKey.from_bytes(bytes([version]) + encoded[1:])


@pytest.mark.parametrize(
    "small", [bytes(32), b"\x01" + bytes(31), b"\xed" + b"\xff" * 30 + b"\x7f"]
)
def test_an_x25519_key_of_small_order_is_refused(small: bytes) -> None:
    good = CasePrivateKey(seed("a")).public

    with pytest.raises(Malformed):
        replace(good, raw=small + good.raw[X25519_SIZE:])


@pytest.mark.parametrize("half", [b"", bytes(1183), b"\xff" * 1184])
def test_an_unusable_mlkem_key_is_refused(half: bytes) -> None:
    good = CasePrivateKey(seed("a")).public

    with pytest.raises(Malformed):
        replace(good, raw=good.raw[:X25519_SIZE] + half)


def test_a_key_of_no_kind_cannot_be_made() -> None:
    good = CasePrivateKey(seed("a")).public

    with pytest.raises(TypeError):
        PrivateKey(seed("a"))
    with pytest.raises(AttributeError):
        PublicKey(good.suite, good.raw).to_bytes()
    with pytest.raises(AttributeError):
        PublicKey.from_bytes(good.to_bytes())
