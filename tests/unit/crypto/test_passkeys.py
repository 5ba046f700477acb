"""What a browser answers is believed after every check, and never breaks anything."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import passkeys
from crypto.errors import PasskeyRejected
from crypto.passkeys import STAND_IN, Credential, Place
from tests.support.passkeys import PRESENT, SecurityKey, as_bytes, as_text
from tests.unit.crypto.builders import properties

PLACE = Place("zegel.test", "https://zegel.test")
CHALLENGE, OTHER = b"c" * 49, b"d" * 49
PERSON = (b"p" * 16, "ingrid")


def asked(challenge: bytes = CHALLENGE) -> str:
    return passkeys.request_options(PLACE, challenge)


def new_key() -> tuple[SecurityKey, Credential]:
    key = SecurityKey(PLACE.name, PLACE.origin)
    options = passkeys.creation_options(PLACE, "Ombuds Test", PERSON, CHALLENGE, ())
    return key, passkeys.created(key.create(options), CHALLENGE, PLACE)


KEY, CREDENTIAL = new_key()


def test_a_passkey_that_was_made_signs() -> None:
    answer = KEY.sign(asked())

    assert passkeys.challenge_of(answer, created=False) == CHALLENGE
    assert passkeys.credential_id_of(answer) == CREDENTIAL.id
    assert passkeys.signed(answer, CREDENTIAL, CHALLENGE, PLACE)


def test_the_sign_in_page_asks_for_nobody_in_particular_and_for_a_pin() -> None:
    options = json.loads(asked())

    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"


def test_a_new_passkey_must_be_found_without_a_name_and_is_made_once_for_each_device() -> None:
    options = json.loads(
        passkeys.creation_options(PLACE, "Ombuds Test", PERSON, CHALLENGE, [CREDENTIAL])
    )

    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["attestation"] == "none"
    assert [as_bytes(each["id"]) for each in options["excludeCredentials"]] == [CREDENTIAL.id]


@pytest.mark.parametrize(
    "changed",
    [
        replace(KEY, name="evil.test"),
        replace(KEY, origin="https://evil.test"),
        replace(KEY, origin="http://zegel.test"),
        replace(KEY, flags=PRESENT),
        replace(KEY, flags=0),
    ],
    ids=["another name", "another site", "no TLS", "no PIN", "nobody there"],
)
def test_an_answer_from_elsewhere_or_without_the_person_counts_for_nothing(
    changed: SecurityKey,
) -> None:
    assert not passkeys.signed(changed.sign(asked()), CREDENTIAL, CHALLENGE, PLACE)
    with pytest.raises(PasskeyRejected):
        passkeys.created(changed.create(asked()), CHALLENGE, PLACE)


def test_an_answer_to_another_challenge_counts_for_nothing() -> None:
    assert not passkeys.signed(KEY.sign(asked(OTHER)), CREDENTIAL, CHALLENGE, PLACE)
    with pytest.raises(PasskeyRejected):
        passkeys.created(KEY.create(asked(OTHER)), CHALLENGE, PLACE)


def test_another_persons_passkey_counts_for_nothing() -> None:
    stranger, _ = new_key()

    assert not passkeys.signed(stranger.sign(asked()), CREDENTIAL, CHALLENGE, PLACE)
    assert not passkeys.signed(KEY.sign(asked()), STAND_IN, CHALLENGE, PLACE)


def test_making_is_not_signing() -> None:
    assert not passkeys.signed(KEY.create(asked()), CREDENTIAL, CHALLENGE, PLACE)
    with pytest.raises(PasskeyRejected):
        passkeys.created(KEY.sign(asked()), CHALLENGE, PLACE)


def test_a_counter_that_went_back_is_a_copy() -> None:
    used = replace(CREDENTIAL, uses=10**6)

    assert not passkeys.signed(KEY.sign(asked()), used, CHALLENGE, PLACE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


@properties
@given(st.text(max_size=60) | json_values.map(json.dumps))
def test_whatever_else_somebody_sends_is_refused_and_breaks_nothing(answer: str) -> None:
    assert not passkeys.signed(answer, CREDENTIAL, CHALLENGE, PLACE)
    for read in (
        lambda: passkeys.created(answer, CHALLENGE, PLACE),
        lambda: passkeys.credential_id_of(answer),
        lambda: passkeys.challenge_of(answer, created=True),
        lambda: passkeys.challenge_of(answer, created=False),
    ):
        with pytest.raises(PasskeyRejected):
            read()


@properties
@given(
    st.sampled_from(["clientDataJSON", "authenticatorData", "signature", "attestationObject"]),
    st.binary(max_size=80) | json_values.map(lambda value: json.dumps(value).encode()),
)
def test_a_part_that_is_something_else_is_refused_and_breaks_nothing(
    part: str, other: bytes
) -> None:
    for answer in (KEY.sign(asked()), KEY.create(asked())):
        changed = json.loads(answer)
        if part not in changed["response"]:
            continue
        changed["response"][part] = as_text(other)
        assert not passkeys.signed(json.dumps(changed), CREDENTIAL, CHALLENGE, PLACE)
        with pytest.raises(PasskeyRejected):
            passkeys.created(json.dumps(changed), CHALLENGE, PLACE)


@pytest.mark.parametrize("answer", ["[" * 12_000, '{"id":"' + "a" * 20_000 + '"}'])
def test_an_answer_that_is_deep_or_long_is_refused(answer: str) -> None:
    with pytest.raises(PasskeyRejected):
        passkeys.challenge_of(answer, created=False)


def test_a_credential_tells_nothing_of_itself() -> None:
    assert CREDENTIAL.id.hex() not in repr(CREDENTIAL)
