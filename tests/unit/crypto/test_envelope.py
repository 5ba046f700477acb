"""Messages of any length, for several recipients."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import aead, sealed_box
from crypto.envelope import digest, open_body, open_envelope, seal, seal_body
from crypto.errors import Malformed, OpeningFailed
from crypto.keys import CasePrivateKey, MailboxPrivateKey, PrivateKey
from crypto.labels import Context, Purpose
from crypto.padding import pad, padded_length
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
    spoilt,
)

CASE = CasePrivateKey(seed("case"))
MAILBOX = MailboxPrivateKey(seed("mailbox"))
CONTEXT = Context(Purpose.MESSAGE, (b"case", b"1"))
SEALED = seal(b"payload", CONTEXT, [CASE.public, MAILBOX.public])
TO_CASE, TO_MAILBOX = SEALED.sealed_keys


@properties
@given(st.binary(max_size=5000))
def test_every_recipient_reads_what_was_sealed(payload: bytes) -> None:
    sealed = seal(payload, CONTEXT, [CASE.public, MAILBOX.public])

    assert open_envelope(sealed.body, sealed.sealed_keys[0], CASE, CONTEXT) == payload
    assert open_envelope(sealed.body, sealed.sealed_keys[1], MAILBOX, CONTEXT) == payload


@properties
@given(st.integers(0, 5000), st.integers(0, 5000))
def test_the_length_tells_nothing_but_the_bucket(one: int, other: int) -> None:
    lengths = [len(seal(bytes(length), CONTEXT, [CASE.public]).body) for length in (one, other)]

    assert (lengths[0] == lengths[1]) == (padded_length(one) == padded_length(other))
    assert lengths[0] == padded_length(one) + 73


def test_an_envelope_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="recipient"):
        seal(b"payload", CONTEXT, [])


def test_a_flipped_bit_in_any_byte_keeps_it_shut() -> None:
    for body in every_byte_spoilt(SEALED.body):
        assert_shut(lambda body=body: open_envelope(body, TO_CASE, CASE, CONTEXT))  # type: ignore[misc]
    for key in every_byte_spoilt(TO_CASE):
        assert_shut(lambda key=key: open_envelope(SEALED.body, key, CASE, CONTEXT))  # type: ignore[misc]


def test_any_other_length_keeps_it_shut() -> None:
    for body in every_length_but(SEALED.body):
        assert_shut(lambda body=body: open_envelope(body, TO_CASE, CASE, CONTEXT))  # type: ignore[misc]


@properties
@given(spoilt(SEALED.body), spoilt(TO_CASE))
def test_spoilt_bytes_stay_shut(body: bytes, sealed_key: bytes) -> None:
    assert_shut(lambda: open_envelope(body, TO_CASE, CASE, CONTEXT))
    assert_shut(lambda: open_envelope(SEALED.body, sealed_key, CASE, CONTEXT))


@pytest.mark.parametrize(
    "other",
    [
        Context(Purpose.NOTE, (b"case", b"1")),
        Context(Purpose.MESSAGE, (b"case", b"2")),
        Context(Purpose.MESSAGE, (b"other", b"1")),
        Context(Purpose.MESSAGE, (b"case",)),
    ],
)
def test_another_context_keeps_it_shut(other: Context) -> None:
    with pytest.raises(OpeningFailed):
        open_envelope(SEALED.body, TO_CASE, CASE, other)


@pytest.mark.parametrize(
    ("key", "sealed_key"),
    [(MAILBOX, TO_CASE), (CASE, TO_MAILBOX), (CasePrivateKey(seed("other")), TO_CASE)],
)
def test_another_recipient_keeps_it_shut(key: PrivateKey, sealed_key: bytes) -> None:
    with pytest.raises(OpeningFailed):
        open_envelope(SEALED.body, sealed_key, key, CONTEXT)


def test_the_key_of_one_envelope_does_not_open_another() -> None:
    other = seal(b"payload", CONTEXT, [CASE.public])

    with pytest.raises(OpeningFailed):
        open_envelope(SEALED.body, other.sealed_keys[0], CASE, CONTEXT)


def test_the_body_is_bound_to_its_context_apart_from_its_sealed_keys() -> None:
    body = seal_body(b"payload", bytes(32), CONTEXT)

    assert open_body(body, bytes(32), CONTEXT) == b"payload"
    with pytest.raises(OpeningFailed):
        open_body(body, bytes(32), Context(Purpose.NOTE, CONTEXT.parts))


def test_a_body_that_commits_to_no_key_stays_shut() -> None:
    associated = b"\x01" + CONTEXT.encode()
    forged = b"\x01" + aead.encrypt(bytes(32), b"\x01" * 32 + pad(b"payload"), associated)

    with pytest.raises(OpeningFailed):
        open_body(forged, bytes(32), CONTEXT)


def test_a_sealed_key_that_is_no_content_key_is_malformed() -> None:
    context = Context(Purpose.ENVELOPE_KEY, (CONTEXT.encode(),))
    sealed_key = sealed_box.seal(bytes(31), CASE.public, context)

    with pytest.raises(Malformed):
        open_envelope(SEALED.body, sealed_key, CASE, CONTEXT)


def test_the_digest_names_one_body() -> None:
    again = seal(b"payload", CONTEXT, [CASE.public])

    assert len(digest(SEALED.body)) == 32
    assert digest(SEALED.body) != digest(again.body)
