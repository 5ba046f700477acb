"""The passphrase of a consultation: drawn, typed, derived, and what it opens."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.consultation import ConsultationKeys, derive_consultation
from crypto.envelope import open_envelope, seal
from crypto.errors import Malformed, OpeningFailed
from crypto.kdf import RECEIPT_COST
from crypto.keys import (
    CasePrivateKey,
    ConsultationPrivateKey,
    ConsultationPublicKey,
    MailboxPrivateKey,
    Seed,
)
from crypto.labels import Context, Purpose
from crypto.receipt import ReceiptCode, derive, draw_code, read_code
from crypto.session import SessionToken, open_session, seal_session
from crypto.words import LANGUAGES
from tests.unit.crypto.builders import (
    WEAK,
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
    spoilt,
)

CONSULTATION = b"\x01" * 16
OTHER = b"\x02" * 16
WORDS = draw_code(bytes(32), bytes(32), "fr")
KEYS = derive_consultation(WORDS, CONSULTATION, WEAK)
CASE = CasePrivateKey(seed("case"))
CONTEXT = Context(Purpose.CONSULTATION_MESSAGE, (CONSULTATION, b"1"))
SEALED = seal(b"question", CONTEXT, [CASE.public, KEYS.public])
TO_CASE, TO_SERVICE = SEALED.sealed_keys

ids = st.binary(min_size=16, max_size=16)
codes = st.builds(
    draw_code,
    st.binary(min_size=32, max_size=32),
    st.just(bytes(32)),
    st.sampled_from(LANGUAGES),
)


class TestWhatFollowsFromIt:
    @properties
    @given(codes, ids)
    def test_is_the_same_from_the_drawn_and_the_typed_words(
        self, code: ReceiptCode, consultation_id: bytes
    ) -> None:
        drawn = derive_consultation(code, consultation_id, WEAK)
        typed = derive_consultation(read_code(code.text.upper()), consultation_id, WEAK)

        assert drawn == typed
        assert (drawn.token_hash, drawn.public) == (typed.token_hash, typed.public)

    @properties
    @given(codes, codes, ids, ids)
    def test_differs_for_other_words_or_another_consultation(
        self, one: ReceiptCode, two: ReceiptCode, id_one: bytes, id_two: bytes
    ) -> None:
        same = one == two and id_one == id_two
        first = derive_consultation(one, id_one, WEAK)
        second = derive_consultation(two, id_two, WEAK)

        assert (first == second) == same
        assert (first.token_hash == second.token_hash) == same
        assert (first.seed == second.seed) == same

    @properties
    @given(codes, ids)
    def test_has_nothing_in_common_with_a_mailbox_of_the_same_words(
        self, code: ReceiptCode, consultation_id: bytes
    ) -> None:
        consultation = derive_consultation(code, consultation_id, WEAK)
        mailbox = derive(code, WEAK)

        assert consultation.token not in (mailbox.token, mailbox.seed.raw)
        assert consultation.seed.raw not in (mailbox.token, mailbox.seed.raw)
        assert mailbox.locator not in (consultation.token[:16], consultation.seed.raw[:16])
        assert consultation.token_hash != mailbox.address.token_hash

    def test_has_nothing_in_common_with_a_mailbox_under_an_id_like_its_salt(self) -> None:
        keys = derive_consultation(WORDS, b"zegel/v1/receipt", WEAK)

        assert keys.token != derive(WORDS, WEAK).token
        assert keys.seed != derive(WORDS, WEAK).seed

    def test_is_a_token_to_check_and_a_key_of_its_own_kind(self) -> None:
        assert len(KEYS.token) == len(KEYS.token_hash) == 32
        assert KEYS.token not in (KEYS.token_hash, KEYS.seed.raw)
        assert type(KEYS.private) is ConsultationPrivateKey
        assert type(KEYS.public) is ConsultationPublicKey

    def test_costs_what_a_receipt_code_costs(self) -> None:
        assert derive_consultation(WORDS, CONSULTATION) == derive_consultation(
            WORDS, CONSULTATION, RECEIPT_COST
        )
        assert derive_consultation(WORDS, CONSULTATION) != KEYS

    @pytest.mark.parametrize("length", [0, 15, 17, 400])
    def test_needs_a_whole_id(self, length: int) -> None:
        with pytest.raises(Malformed):
            derive_consultation(WORDS, bytes(length), WEAK)

    def test_equals_the_same_keys_only(self) -> None:
        assert ConsultationKeys(KEYS.token, KEYS.seed) == KEYS
        assert ConsultationKeys(bytes(32), KEYS.seed) != KEYS
        assert ConsultationKeys(KEYS.token, Seed(bytes(32))) != KEYS
        assert KEYS != "keys"

    def test_does_not_show(self) -> None:
        assert repr(KEYS) == str(KEYS) == "ConsultationKeys(hidden)"
        with pytest.raises(TypeError, match="unhashable"):
            hash(KEYS)


class TestAMessageOfAConsultation:
    @properties
    @given(st.binary(max_size=3000), codes, ids)
    def test_is_read_by_the_office_and_by_the_service(
        self, payload: bytes, code: ReceiptCode, consultation_id: bytes
    ) -> None:
        context = Context(Purpose.CONSULTATION_MESSAGE, (consultation_id, b"1"))
        public = derive_consultation(code, consultation_id, WEAK).public
        sealed = seal(payload, context, [CASE.public, public])

        private = derive_consultation(read_code(code.text), consultation_id, WEAK).private

        assert open_envelope(sealed.body, sealed.sealed_keys[0], CASE, context) == payload
        assert open_envelope(sealed.body, sealed.sealed_keys[1], private, context) == payload

    @pytest.mark.parametrize(
        "other",
        [
            derive_consultation(WORDS, OTHER, WEAK).private,
            derive_consultation(ReceiptCode(WORDS.words[::-1]), CONSULTATION, WEAK).private,
            derive_consultation(
                ReceiptCode((*WORDS.words[:9], "zebra")), CONSULTATION, WEAK
            ).private,
            derive(WORDS, WEAK).private,
            MailboxPrivateKey(KEYS.seed),
            CasePrivateKey(KEYS.seed),
            CASE,
        ],
        ids=[
            "another consultation",
            "another order",
            "another word",
            "the mailbox of the same words",
            "a mailbox key of the same seed",
            "a case key of the same seed",
            "the case's key on the service's entry",
        ],
    )
    def test_stays_shut_for_anyone_else(
        self, other: ConsultationPrivateKey | MailboxPrivateKey | CasePrivateKey
    ) -> None:
        with pytest.raises(OpeningFailed):
            open_envelope(SEALED.body, TO_SERVICE, other, CONTEXT)

    def test_to_a_mailbox_stays_shut_for_a_service_with_the_same_words(self) -> None:
        context = Context(Purpose.MESSAGE, (b"case", b"1"))
        sealed = seal(b"answer", context, [derive(WORDS, WEAK).address.public])

        with pytest.raises(OpeningFailed):
            open_envelope(sealed.body, sealed.sealed_keys[0], KEYS.private, context)

    @pytest.mark.parametrize(
        "context",
        [
            Context(Purpose.CONSULTATION_MESSAGE, (OTHER, b"1")),
            Context(Purpose.CONSULTATION_MESSAGE, (CONSULTATION, b"2")),
            Context(Purpose.CONSULTATION_RECORD, CONTEXT.parts),
            Context(Purpose.MESSAGE, CONTEXT.parts),
        ],
    )
    def test_stays_shut_where_it_does_not_belong(self, context: Context) -> None:
        with pytest.raises(OpeningFailed):
            open_envelope(SEALED.body, TO_SERVICE, KEYS.private, context)

    def test_stays_shut_with_any_byte_changed_or_any_other_length(self) -> None:
        def opening(body: bytes, sealed_key: bytes) -> Callable[[], bytes]:
            return lambda: open_envelope(body, sealed_key, KEYS.private, CONTEXT)

        for sealed_key in (*every_byte_spoilt(TO_SERVICE), *every_length_but(TO_SERVICE)):
            assert_shut(opening(SEALED.body, sealed_key))
        for body in (*every_byte_spoilt(SEALED.body), *every_length_but(SEALED.body)):
            assert_shut(opening(body, TO_SERVICE))

    @properties
    @given(spoilt(SEALED.body), spoilt(TO_SERVICE))
    def test_stays_shut_when_spoilt(self, body: bytes, sealed_key: bytes) -> None:
        assert_shut(lambda: open_envelope(body, TO_SERVICE, KEYS.private, CONTEXT))
        assert_shut(lambda: open_envelope(SEALED.body, sealed_key, KEYS.private, CONTEXT))


def test_a_session_holds_the_seed_for_the_token_of_its_cookie_only() -> None:
    token = SessionToken.generate()

    sealed = seal_session(KEYS.seed.raw, token)

    assert ConsultationPrivateKey(Seed(open_session(sealed, token))) == KEYS.private
    with pytest.raises(OpeningFailed):
        open_session(sealed, SessionToken.generate())
