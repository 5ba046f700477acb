"""The chain of the trail as pure rules: what links are, and what is found wrong with them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cases.domain.trail_chain import (
    EMPTY,
    START,
    ChainFault,
    Entry,
    Finding,
    Head,
    Link,
    digest_of,
    faults,
    following,
)

DAY = date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)
BY_DAY = Entry(b"e" * 16, DAY, None, None, "case_received", b"c" * 16)
BY_STAFF = Entry(b"f" * 16, DAY, MOMENT, b"s" * 16, "case_taken", b"c" * 16)
TO_SOMEBODY = Entry(b"f" * 16, DAY, MOMENT, b"s" * 16, "person_suspended", None, b"p" * 16)
# Made by hand from the decision record, with nothing of the code under test.
FIRST = "714551e9471705d7a19d6ff2593830fd2319eb869e49082f6449c376112fbad3"
SECOND = "3b10f8508b25d57bd4eed88eb297b04cb588b2c34069dd41a6612d3e14f3f7e7"
WITH_SUBJECT = "d7654ddc6fdd826d848a5ca051517dd16aef63231804fd5955f9dd0f78238730"


def chain(*entries: Entry) -> list[Link]:
    head, links = EMPTY, []
    for entry in entries:
        head = following(head, entry)
        links.append(Link(head.position, head.digest, entry.id, entry))
    return links


def entries(count: int) -> list[Entry]:
    return [replace(BY_STAFF, id=bytes([number]) * 16) for number in range(count)]


def found(links: list[Link]) -> list[tuple[ChainFault, int | None]]:
    return [(each.fault, each.position) for each in faults(links)]


def test_a_link_is_what_it_always_was() -> None:
    """Made once by hand; a trail of years must verify with every version to come."""
    first = digest_of(1, START, BY_DAY)

    assert first.hex() == FIRST
    assert digest_of(2, first, BY_STAFF).hex() == SECOND
    assert digest_of(1, START, TO_SOMEBODY).hex() == WITH_SUBJECT


@pytest.mark.parametrize(
    "change",
    [
        {"id": b"x" * 16},
        {"day": DAY + timedelta(days=1)},
        {"at": MOMENT + timedelta(microseconds=1)},
        {"at": None},
        {"actor_id": None},
        {"event": "case_shared"},
        {"case_id": None},
        # The same bytes at another place are another entry.
        {"actor_id": None, "case_id": b"s" * 16},
        {"subject_id": b"p" * 16},
        {"case_id": None, "subject_id": b"c" * 16},
    ],
    ids=str,
)
def test_every_part_of_an_entry_counts(change: dict[str, object]) -> None:
    changed = replace(BY_STAFF, **change)  # type: ignore[arg-type]

    assert digest_of(1, START, changed) != digest_of(1, START, BY_STAFF)


def test_a_moment_is_the_same_in_every_time_zone() -> None:
    elsewhere = replace(BY_STAFF, at=MOMENT.astimezone(timezone(timedelta(hours=9))))

    assert digest_of(1, START, elsewhere) == digest_of(1, START, BY_STAFF)


def test_an_untouched_chain_has_no_fault() -> None:
    assert found(chain(*entries(5))) == []
    assert found([]) == []


def test_an_altered_entry_is_named_and_those_after_it_are_not() -> None:
    links = chain(*entries(5))
    links[2] = replace(links[2], entry=replace(BY_STAFF, event="case_shared"))

    assert found(links) == [(ChainFault.ALTERED, 3)]


def test_an_entry_that_is_gone_is_named() -> None:
    links = chain(*entries(5))
    links[1] = replace(links[1], entry=None)

    assert found(links) == [(ChainFault.MISSING_ENTRY, 2)]


def test_every_link_that_is_gone_is_named() -> None:
    links = chain(*entries(6))

    assert found([links[0], *links[3:]]) == [
        (ChainFault.MISSING_LINK, 2),
        (ChainFault.MISSING_LINK, 3),
    ]
    assert found(links[1:]) == [(ChainFault.MISSING_LINK, 1)]


def test_entries_that_changed_places_are_both_named() -> None:
    links = chain(*entries(5))
    second, fourth = links[1], links[3]
    links[1] = replace(second, entry=fourth.entry)
    links[3] = replace(fourth, entry=second.entry)

    assert found(links) == [(ChainFault.ALTERED, 2), (ChainFault.ALTERED, 4)]


def test_a_finding_carries_the_entry_that_is_there_now() -> None:
    links = chain(BY_DAY, BY_STAFF)
    altered = replace(BY_STAFF, actor_id=b"o" * 16)

    assert list(faults([links[0], replace(links[1], entry=altered)])) == [
        Finding(ChainFault.ALTERED, 2, altered)
    ]


def test_a_head_on_paper_can_be_typed_in_again() -> None:
    head = following(EMPTY, BY_DAY)

    assert Head.from_text(head.text) == head
    assert Head.from_text(head.text.replace(" ", "").upper()) == head


@pytest.mark.parametrize("typed", ["", "12", "12: abcd", "x: " + "0" * 64, "1: " + "g" * 64])
def test_what_is_no_head_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|hexadecimal"):
        Head.from_text(typed)
