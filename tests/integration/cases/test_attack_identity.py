"""What somebody who can write to the database gains of names given in confidence: nothing."""

import pytest
from sqlalchemy import text

from cases.errors import CaseDamaged, NotFound
from tests.support.custody import Custody, change, custody_of_a_name, rows
from tests.support.office import Office


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Custody:
    return custody_of_a_name(office)


def test_an_approval_opens_no_other_identity(ours: Custody) -> None:
    other = custody_of_a_name(ours.office)
    request_id, another = ours.granted(), other.ask()

    change(
        ours.office,
        "UPDATE identity_request SET state = 'granted', needed = 0 + needed WHERE id = :id",
        id=another,
    )
    change(
        ours.office,
        "UPDATE identity_answer SET request_id = :to WHERE request_id = :of",
        to=another,
        of=request_id,
    )

    with pytest.raises(CaseDamaged):
        other.read(another)


TAMPERING = {
    "another asker": "UPDATE identity_request SET asker_id ="
    " (SELECT id FROM staff WHERE login = 'igor')",
    "another case": "UPDATE identity_request SET case_id = :other",
    "another text": "UPDATE identity_request SET body = (SELECT body FROM identity_request"
    " WHERE case_id = :other) WHERE case_id <> :other",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING.keys())
def test_a_request_that_was_changed_in_the_database_is_not_believed(
    ours: Custody, statement: str
) -> None:
    other = custody_of_a_name(ours.office)
    other.ask("hilde")
    request_id = ours.ask()

    with ours.office.database.writing() as session:
        names = {"other": other.scene.case_id} if ":other" in statement else {}
        session.execute(text(statement), names)

    assert ours.waiting("carla").damaged >= 1
    with pytest.raises(CaseDamaged):
        ours.answer("carla", request_id)
    assert rows(ours.office, "SELECT * FROM identity_answer") == []


def test_a_share_that_was_moved_from_another_case_is_not_handed_over(ours: Custody) -> None:
    other = custody_of_a_name(ours.office)
    request_id = ours.ask()
    change(ours.office, "DELETE FROM identity_share WHERE case_id = :id", id=ours.scene.case_id)
    change(
        ours.office,
        "INSERT INTO identity_share"
        " SELECT :id, key_id, box FROM identity_share WHERE case_id = :of",
        id=ours.scene.case_id,
        of=other.scene.case_id,
    )

    with pytest.raises(CaseDamaged):
        ours.answer("carla", request_id)


def test_a_lower_number_in_the_table_opens_nothing(ours: Custody) -> None:
    request_id = ours.ask()
    change(ours.office, "UPDATE identity_request SET needed = 1")

    with pytest.raises(CaseDamaged):
        ours.answer("carla", request_id)
    change(ours.office, "UPDATE identity_request SET needed = 2")
    ours.answer("carla", request_id)
    change(ours.office, "UPDATE identity_request SET state = 'granted'")
    with pytest.raises(CaseDamaged):
        ours.read(request_id)


def test_somebody_without_the_case_cannot_ask_or_read(ours: Custody) -> None:
    request_id = ours.granted()

    for attempt in (lambda: ours.ask("igor"), lambda: ours.read(request_id, "igor")):
        with pytest.raises(NotFound):
            attempt()
