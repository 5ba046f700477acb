"""Seeds granted to the keys that may use them."""

import pytest

from crypto.errors import Malformed, OpeningFailed
from crypto.grants import grant_case, grant_intake, open_case_grant, open_intake_grant
from crypto.keys import (
    CasePrivateKey,
    ConsultationPrivateKey,
    IntakePrivateKey,
    MailboxPrivateKey,
    PersonalPrivateKey,
    PrivateKey,
    RecoveryPrivateKey,
)
from crypto.labels import Context, Purpose
from crypto.sealed_box import seal
from tests.unit.crypto.builders import seed

CASE = b"\x01" * 16
HOLDERS = [
    IntakePrivateKey(seed("holder")),
    PersonalPrivateKey(seed("holder")),
    RecoveryPrivateKey(seed("holder")),
]
STRANGERS = [
    CasePrivateKey(seed("holder")),
    MailboxPrivateKey(seed("holder")),
    ConsultationPrivateKey(seed("holder")),
]


@pytest.mark.parametrize("holder", HOLDERS)
class TestACaseGrant:
    def test_gives_its_holder_the_case(
        self, holder: IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey
    ) -> None:
        box = grant_case(seed("case"), CASE, holder.public)

        assert open_case_grant(box, CASE, holder) == CasePrivateKey(seed("case"))

    def test_is_of_no_use_for_another_case(
        self, holder: IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey
    ) -> None:
        box = grant_case(seed("case"), CASE, holder.public)

        with pytest.raises(OpeningFailed):
            open_case_grant(box, b"\x02" * 16, holder)

    def test_is_of_no_use_to_another_holder(
        self, holder: IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey
    ) -> None:
        box = grant_case(seed("case"), CASE, holder.public)
        others = [other for other in HOLDERS if other is not holder]

        for other in [*others, type(holder)(seed("somebody"))]:
            with pytest.raises(OpeningFailed):
                open_case_grant(box, CASE, other)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_key_that_never_holds_a_case_is_refused_when_the_program_runs(
    stranger: PrivateKey,
) -> None:
    box = grant_case(seed("case"), CASE, HOLDERS[0].public)

    with pytest.raises(TypeError, match="granted to an intake"):
        grant_case(seed("case"), CASE, stranger.public)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="opened with an intake"):
        open_case_grant(box, CASE, stranger)  # type: ignore[arg-type]


def test_the_intake_key_is_granted_to_a_person() -> None:
    person = PersonalPrivateKey(seed("person"))
    box = grant_intake(seed("intake"), person.public)

    assert open_intake_grant(box, person) == IntakePrivateKey(seed("intake"))


def test_the_intake_key_is_granted_to_nobody_but_a_person() -> None:
    box = grant_intake(seed("intake"), PersonalPrivateKey(seed("person")).public)

    for key in (HOLDERS[0], HOLDERS[2], *STRANGERS):
        with pytest.raises(TypeError, match="personal key"):
            grant_intake(seed("intake"), key.public)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="personal key"):
            open_intake_grant(box, key)  # type: ignore[arg-type]


def test_one_grant_never_passes_for_another() -> None:
    person = PersonalPrivateKey(seed("person"))
    as_case = grant_case(seed("a"), CASE, person.public)
    as_intake = grant_intake(seed("a"), person.public)

    with pytest.raises(OpeningFailed):
        open_intake_grant(as_case, person)
    with pytest.raises(OpeningFailed):
        open_case_grant(as_intake, CASE, person)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_grant_of_something_else_than_a_seed_is_malformed(length: int) -> None:
    person = PersonalPrivateKey(seed("person"))
    box = seal(bytes(length), person.public, Context(Purpose.CASE_GRANT_PERSON, (CASE,)))

    with pytest.raises(Malformed):
        open_case_grant(box, CASE, person)
