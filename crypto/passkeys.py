"""Passkeys (W3C Web Authentication), through the library `webauthn`.

What browsers send is believed only after its signature, challenge, place and the person's PIN or
finger were checked. No attestation is asked for: which maker's device it is does not matter here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from crypto.errors import PasskeyRejected

MILLISECONDS = 5 * 60 * 1000
LARGEST_ANSWER = 16 * 1024
# Anybody may send anything in an answer's place, and the library does not turn every fault of it
# into an error of its own.
_FAULTS = (
    WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError,
)  # fmt: skip

# What nobody's passkey signed is verified against this key, so that it costs what a wrong signature
# costs; the result counts for nothing. It is the curve's own base point (FIPS 186-4, D.1.2.3).
_BASE_POINT = (
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys are used: the name they belong to, and the origin that a browser sees."""

    name: str
    origin: str


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """A passkey as its owner's browser made it known.

    Attributes:
        id: names it to the browser.
        public_key: verifies what it signs (COSE).
        uses: how often it had been used then, where it counts.
    """

    id: bytes
    public_key: bytes
    uses: int


# A COSE key of EC2, ES256, P-256: RFC 9053, 7.1.1.
STAND_IN = Credential(
    b"",
    bytes.fromhex(f"a5010203262001215820{_BASE_POINT[0]}225820{_BASE_POINT[1]}"),
    0,
)


def creation_options(
    place: Place,
    office: str,
    person: tuple[bytes, str],
    challenge: bytes,
    known: Iterable[Credential],
) -> str:
    """What a browser is asked to make a passkey with, as JSON.

    Args:
        place: where.
        office: the name that the browser shows.
        person: an opaque id and a login.
        challenge: fresh.
        known: passkeys that the person has; no device makes a second one.
    """
    options = generate_registration_options(
        rp_id=place.name,
        rp_name=office,
        user_id=person[0],
        user_name=person[1],
        challenge=challenge,
        timeout=MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each.id) for each in known],
    )
    return options_to_json(options)


def request_options(place: Place, challenge: bytes) -> str:
    """What a browser is asked to sign, as JSON: it names nobody and no passkey."""
    options = generate_authentication_options(
        rp_id=place.name,
        challenge=challenge,
        timeout=MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def challenge_of(answer: str, *, created: bool) -> bytes:
    """The challenge that a browser's answer names, not yet believed.

    Args:
        answer: JSON from the browser.
        created: whether it made a passkey, or signed with one.

    Raises:
        PasskeyRejected: not such an answer.
    """
    try:
        _check_size(answer)
        parse = parse_registration_credential_json if created else _asserted
        return parse_client_data_json(parse(answer).response.client_data_json).challenge
    except _FAULTS:
        raise PasskeyRejected from None


def credential_id_of(answer: str) -> bytes:
    """Which passkey signed, as the browser says. Raises PasskeyRejected."""
    try:
        _check_size(answer)
        return _asserted(answer).raw_id
    except _FAULTS:
        raise PasskeyRejected from None


def created(answer: str, challenge: bytes, place: Place) -> Credential:
    """The passkey that a browser made.

    Raises:
        PasskeyRejected: for another challenge or place, without PIN or finger, or malformed.
    """
    try:
        _check_size(answer)
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except _FAULTS:
        raise PasskeyRejected from None
    return Credential(made.credential_id, made.credential_public_key, made.sign_count)


def signed(answer: str, credential: Credential, challenge: bytes, place: Place) -> bool:
    """Whether the owner of a passkey signed this challenge with it, at this place."""
    try:
        _check_size(answer)
        verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=credential.public_key,
            credential_current_sign_count=credential.uses,
            require_user_verification=True,
        )
    except _FAULTS:
        return False
    return True


_asserted = parse_authentication_credential_json


def _check_size(answer: str) -> None:
    if len(answer) > LARGEST_ANSWER:
        raise ValueError("longer than any browser's answer")
