"""The office changes its reference data: checked, kept with who and when, never lost."""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from cases.actions import reference_data
from cases.domain.flows import Flow
from cases.domain.reference import NOT_ON_RECORD, shipped, shipped_tables
from cases.domain.trail import TrailEvent
from cases.errors import NotFound, Refused, RowRefused, StaleRow
from cases.models import ReferenceEdit, TrailEntry
from cases.queries.reference_data import (
    changes,
    current,
    current_tables,
    history,
    position,
)
from cases.reasons import RowProblem
from tests.support.office import Office

TODAY = date(2026, 11, 23)
MOBILITY = dict(shipped_tables()["authorities"]["mobility"])
RENAMED = {**MOBILITY, "name_en": "Mobility for Brussels"}
TRAM = {**MOBILITY, "id": "tram", "name_en": "Tram"}


def edit(
    office: Office,
    key: str,
    row: Mapping[str, str] | None,
    login: str = "hilde",
    kind: str = "authorities",
    seen: int | None = None,
) -> None:
    by, now = office.signed_in(login), office.clock.now()
    with office.database.writing() as session:
        reference_data.edit(session, kind, key, row, by, now, seen)


def name(office: Office) -> str:
    with office.database.reading() as session:
        found = current(session).authority("mobility")
    assert found is not None
    return found.name("en")


def test_without_changes_the_shipped_data_hold(office: Office) -> None:
    with office.database.reading() as session:
        assert current(session) == shipped()
        assert current_tables(session) == shipped_tables()
        assert changes(session) == ()


@pytest.mark.parametrize("login", ["hilde", "ada"])
def test_the_head_and_the_administrator_may_change_a_row(office: Office, login: str) -> None:
    edit(office, "mobility", RENAMED, login)

    assert name(office) == "Mobility for Brussels"


@pytest.mark.parametrize("login", ["ingrid", "igor", "carla"])
def test_nobody_else_may(office: Office, login: str) -> None:
    with pytest.raises(Refused):
        edit(office, "mobility", RENAMED, login)

    assert name(office) == "Brussels Mobility"


def test_every_change_is_kept_with_who_when_before_and_after(office: Office) -> None:
    edit(office, "mobility", RENAMED)
    edit(office, "mobility", MOBILITY, "ada")

    with office.database.reading() as session:
        last, first = history(session, "authorities", "mobility")
    assert (first.position, first.actor, first.before, first.after) == (
        1, "Hilde Head", MOBILITY, RENAMED,
    )  # fmt: skip
    assert (last.position, last.actor, last.before, last.after) == (
        2, "Ada Admin", RENAMED, MOBILITY,
    )  # fmt: skip
    assert first.at == office.clock.now()
    assert name(office) == "Brussels Mobility"


def test_every_change_leaves_an_entry_in_the_trail(office: Office) -> None:
    edit(office, "mobility", RENAMED)

    with office.database.reading() as session:
        events = session.scalars(
            select(TrailEntry.actor_id).where(TrailEntry.event == TrailEvent.REFERENCE_DATA_EDITED)
        ).all()
    assert events == [office.signed_in("hilde").member.id]


def test_a_row_that_stays_the_same_is_not_kept_again(office: Office) -> None:
    edit(
        office, "mobility", {f" {column}".strip(): f"{text} " for column, text in MOBILITY.items()}
    )

    with office.database.reading() as session:
        assert position(session, "authorities", "mobility") == 0


def test_a_new_service_is_in_the_lists_and_can_be_withdrawn(office: Office) -> None:
    edit(office, "tram", TRAM)
    with office.database.reading() as session:
        tram = current(session).authority("tram")
        assert tram is not None
        assert current(session).competence("tram", Flow.REPORT, TODAY) is NOT_ON_RECORD

    edit(office, "tram", None)
    with office.database.reading() as session:
        assert current(session).authority("tram") is None
        assert history(session, "authorities", "tram")[0].after is None


def test_of_two_who_edit_one_row_at_once_the_second_is_told(office: Office) -> None:
    edit(office, "mobility", RENAMED, seen=0)

    with pytest.raises(StaleRow):
        edit(office, "mobility", {**MOBILITY, "note": "x"}, "ada", seen=0)

    assert name(office) == "Mobility for Brussels"


def test_two_who_write_in_the_same_moment_do_not_overwrite_each_other(office: Office) -> None:
    people = [office.signed_in(login).member.login for login in ("hilde", "ada")]
    both_ready = Barrier(len(people))

    def write(login: str) -> bool:
        both_ready.wait()
        try:
            edit(office, "mobility", {**MOBILITY, "note": login}, login, seen=0)
        except StaleRow:
            return False
        return True

    with ThreadPoolExecutor(len(people)) as pool:
        kept = list(pool.map(write, people))

    assert sorted(kept) == [False, True]
    with office.database.reading() as session:
        (entry,) = history(session, "authorities", "mobility")
    assert entry.after is not None
    assert entry.after["note"] == people[kept.index(True)]


def test_a_row_that_does_not_fit_is_refused_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(RowRefused) as refusal:
        edit(office, "mobility", None)

    assert refusal.value.problem is RowProblem.UNKNOWN_AUTHORITY
    with office.database.reading() as session:
        assert changes(session) == ()


def test_an_unknown_kind_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        edit(office, "red", {"code": "red"}, kind="colours")


def test_a_change_of_an_older_version_that_cannot_be_read_stops_nothing(office: Office) -> None:
    now = office.clock.now()
    with office.database.writing() as session:
        session.add(
            ReferenceEdit(
                kind="norms", key="law", position=1, day=now.date(), at=now, actor_id=None,
                body=json.dumps({"code": "law"}),
            )
        )  # fmt: skip

    with office.database.reading() as session:
        assert current(session) == shipped()
        assert len(changes(session)) == 1


def test_an_import_adds_and_changes_all_rows_or_none(office: Office) -> None:
    rows = {
        "authorities": [{"id": "mobility", "note": "New note"}, TRAM, dict(MOBILITY, id="urban")],
        "competences": [
            {
                "authority": "tram", "flow": "report", "valid_from": "2027-01-01",
                "competent": "yes", "source": "test", "certainty": "confirmed",
            }
        ],
    }  # fmt: skip
    now = office.clock.now()
    with office.database.writing() as session:
        done = reference_data.import_rows(session, rows, None, now)

    assert (done["authorities"].added, done["authorities"].changed) == (1, 2)
    assert done["competences"].added == 1
    with office.database.reading() as session:
        data = current(session)
        assert data.competence("tram", Flow.REPORT, date(2027, 1, 1)).on_record
        assert history(session, "authorities", "mobility")[0].actor == ""
    assert name(office) == "Brussels Mobility"

    with office.database.writing() as session:
        again = reference_data.import_rows(session, rows, None, now)
    assert again["authorities"].unchanged == 3
    assert again["competences"].unchanged == 1


def test_an_import_with_one_bad_row_changes_nothing(office: Office) -> None:
    rows = {"authorities": [TRAM, {"id": "mobility", "level": "galaxy"}]}

    with pytest.raises(RowRefused) as refusal, office.database.writing() as session:
        reference_data.import_rows(session, rows, None, office.clock.now())

    assert (refusal.value.key, refusal.value.column) == ("mobility", "level")
    with office.database.reading() as session:
        assert changes(session) == ()


def test_an_import_by_somebody_needs_the_permission(office: Office) -> None:
    with pytest.raises(Refused), office.database.writing() as session:
        reference_data.import_rows(
            session, {"authorities": [TRAM]}, office.signed_in("igor"), office.clock.now()
        )
