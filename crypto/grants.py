"""Seeds granted to the keys that may use them: a case to its holders, the intake key to staff.

Each function takes exactly the kinds of key that the design lets hold the secret. mypy refuses
another kind, and so does the program when it runs.
"""

from crypto.keys import (
    CasePrivateKey,
    IntakePrivateKey,
    IntakePublicKey,
    KeyKind,
    PersonalPrivateKey,
    PersonalPublicKey,
    RecoveryPrivateKey,
    RecoveryPublicKey,
    Seed,
)
from crypto.labels import Context, Purpose
from crypto.sealed_box import open_sealed, seal

_CASE_GRANTS = {
    KeyKind.INTAKE: Purpose.CASE_GRANT_INTAKE,
    KeyKind.PERSONAL: Purpose.CASE_GRANT_PERSON,
    KeyKind.RECOVERY: Purpose.CASE_GRANT_RECOVERY,
}


def grant_case(
    seed: Seed, case_id: bytes, to: IntakePublicKey | PersonalPublicKey | RecoveryPublicKey
) -> bytes:
    """Seal the seed of a case to one of its holders.

    Raises:
        TypeError: ``to`` is a key of a kind that never holds a case.
    """
    if not isinstance(to, IntakePublicKey | PersonalPublicKey | RecoveryPublicKey):
        raise TypeError("a case is granted to an intake, personal or recovery key")
    return seal(seed.raw, to, Context(_CASE_GRANTS[to.KIND], (case_id,)))


def open_case_grant(
    box: bytes, case_id: bytes, key: IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey
) -> CasePrivateKey:
    """The key of a case, from a grant.

    Raises:
        TypeError: ``key`` is of a kind that never holds a case.
        Malformed, OpeningFailed: as `crypto.sealed_box.open_sealed`.
    """
    return CasePrivateKey(open_case_seed(box, case_id, key))


def open_case_seed(
    box: bytes, case_id: bytes, key: IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey
) -> Seed:
    """The seed alone, from a grant: the pair it becomes costs as much again as the opening.

    Raises as `open_case_grant`.
    """
    if not isinstance(key, IntakePrivateKey | PersonalPrivateKey | RecoveryPrivateKey):
        raise TypeError("a case is opened with an intake, personal or recovery key")
    context = Context(_CASE_GRANTS[key.KIND], (case_id,))
    return Seed.from_bytes(open_sealed(box, key, context))


def grant_intake(seed: Seed, to: PersonalPublicKey) -> bytes:
    """Seal the seed of the intake key to a person with the intake role.

    Raises:
        TypeError: ``to`` is no personal key.
    """
    if not isinstance(to, PersonalPublicKey):
        raise TypeError("the intake key is granted to a personal key")
    return seal(seed.raw, to, Context(Purpose.INTAKE_GRANT))


def open_intake_grant(box: bytes, key: PersonalPrivateKey) -> IntakePrivateKey:
    """The intake key, from a person's grant.

    Raises:
        TypeError: ``key`` is no personal key.
        Malformed, OpeningFailed: as `crypto.sealed_box.open_sealed`.
    """
    if not isinstance(key, PersonalPrivateKey):
        raise TypeError("an intake grant is opened with a personal key")
    opened = open_sealed(box, key, Context(Purpose.INTAKE_GRANT))
    return IntakePrivateKey(Seed.from_bytes(opened))
