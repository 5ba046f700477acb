"""Small secrets under a person's own seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import OpeningFailed
from crypto.labels import Purpose
from crypto.personal import open_personal, seal_personal
from tests.unit.crypto.builders import (
    assert_shut,
    every_byte_spoilt,
    every_length_but,
    properties,
    seed,
)

SEALED = seal_personal(b"JBSWY3DPEHPK3PXP", seed("a"), Purpose.TOTP)


@properties
@given(st.binary(max_size=100))
def test_what_is_sealed_opens_again(secret: bytes) -> None:
    sealed = seal_personal(secret, seed("a"), Purpose.TOTP)

    assert open_personal(sealed, seed("a"), Purpose.TOTP) == secret


def test_another_person_or_purpose_keeps_it_shut() -> None:
    with pytest.raises(OpeningFailed):
        open_personal(SEALED, seed("b"), Purpose.TOTP)
    with pytest.raises(OpeningFailed):
        open_personal(SEALED, seed("a"), Purpose.NOTE)


def test_spoilt_bytes_stay_shut() -> None:
    for changed in [*every_byte_spoilt(SEALED), *every_length_but(SEALED)]:
        assert_shut(lambda changed=changed: open_personal(changed, seed("a"), Purpose.TOTP))  # type: ignore[misc]
