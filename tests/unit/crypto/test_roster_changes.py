"""Nothing that a roster changes is left out of what its signers and readers are told."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from crypto.keys import IntakePrivateKey, PersonalPrivateKey, RecoveryPrivateKey
from crypto.roster import Roster, RosterMember, RosterSigningKey
from crypto.roster_changes import Difference, RosterChange, differences
from tests.unit.crypto.builders import seed


def member(name: str, *roles: str) -> RosterMember:
    return RosterMember(
        person=seed(name).raw[:16],
        name=name,
        roles=frozenset(roles),
        public=PersonalPrivateKey(seed(name)).public,
        verify_key=RosterSigningKey.from_seed(seed(name)).verify_key,
    )


AN, BO = member("An", "signer", "custodian"), member("Bo", "signer", "intake", "custodian")
BEFORE = Roster(
    serial=1,
    office="Ombudsdienst",
    issued_on=date(2026, 1, 1),
    expires_on=date(2026, 12, 31),
    intake=IntakePrivateKey(seed("intake")).public,
    recovery=RecoveryPrivateKey(seed("recovery")).public,
    members=(AN, BO),
    signatures_needed=2,
    custodians_needed=2,
    previous=None,
)
CEL = member("Cel", "staff")
OTHER_KEY = PersonalPrivateKey(seed("other")).public
CHANGES: list[tuple[dict[str, Any], RosterChange]] = [
    ({"members": (AN, BO, CEL)}, RosterChange.PERSON_ADDED),
    ({"members": (replace(AN, name="Ann"), BO)}, RosterChange.PERSON_RENAMED),
    ({"members": (replace(AN, roles=AN.roles | {"intake"}), BO)}, RosterChange.ROLES_CHANGED),
    ({"members": (replace(AN, conflicts=("actiris",)), BO)}, RosterChange.CONFLICTS_CHANGED),
    ({"members": (replace(AN, public=OTHER_KEY), BO)}, RosterChange.PERSON_KEYS_CHANGED),
    ({"members": (replace(AN, verify_key=bytes(32)), BO)}, RosterChange.PERSON_KEYS_CHANGED),
    ({"intake": IntakePrivateKey(seed("new")).public}, RosterChange.INTAKE_KEY_CHANGED),
    ({"recovery": RecoveryPrivateKey(seed("new")).public}, RosterChange.RECOVERY_KEY_CHANGED),
    ({"signatures_needed": 1}, RosterChange.SIGNATURES_NEEDED_CHANGED),
    ({"custodians_needed": 1}, RosterChange.CUSTODIANS_NEEDED_CHANGED),
    ({"office": "Ombuds"}, RosterChange.OFFICE_RENAMED),
    ({"expires_on": date(2027, 1, 1)}, RosterChange.VALIDITY_CHANGED),
]


@pytest.mark.parametrize(("values", "change"), CHANGES)
def test_each_change_is_named(values: dict[str, Any], change: RosterChange) -> None:
    (found,) = differences(BEFORE, replace(BEFORE, **values))

    assert found.change is change


def test_somebody_who_is_gone_is_named() -> None:
    after = replace(BEFORE, members=(AN, BO))

    (found,) = differences(replace(BEFORE, members=(AN, BO, CEL)), after)

    assert found == Difference(RosterChange.PERSON_REMOVED, "Cel", before="staff")


def test_the_same_roster_has_no_difference() -> None:
    assert differences(BEFORE, replace(BEFORE, serial=2, previous=bytes(32))) == ()


def test_every_part_of_a_roster_is_looked_at() -> None:
    """Somebody who adds a part to the format must say here how a change of it is named."""
    looked_at = {name for values, _ in CHANGES for name in values}

    # What every roster has anew, and what no next roster may choose.
    assert {part.name for part in fields(Roster)} - looked_at == {"serial", "issued_on", "previous"}


def test_every_kind_of_change_is_tried() -> None:
    tried = {change for _, change in CHANGES}

    assert tried == set(RosterChange) - {RosterChange.PERSON_REMOVED}
