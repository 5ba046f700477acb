import zipfile
from io import BytesIO

import pytest

from inspection.findings import Failure, InspectionFailed
from inspection.formats import packages
from inspection.formats.packages import Package, packed
from tests.unit.inspection.packages import bomb, package


def refused(data: bytes) -> Failure:
    with pytest.raises(InspectionFailed) as refusal:
        Package(data)
    return refusal.value.failure


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb(packages.UNPACKED + 1)

    assert len(data) < 2**20
    assert refused(data) is Failure.TOO_LARGE


def test_an_entry_never_gives_more_than_it_declared() -> None:
    data = bytearray(bomb(2**20))
    directory = data.index(b"PK\x01\x02")
    # Sizes stand at 22 in the file's own header and at 24 in the directory.
    for place in (22, directory + 24):
        data[place : place + 4] = (10).to_bytes(4, "little")

    with pytest.raises(zipfile.BadZipFile):
        Package(bytes(data)).read("zeros.xml")


def test_a_hundred_thousand_entries_are_refused() -> None:
    assert refused(package({str(number): b"" for number in range(10_001)})) is Failure.TOO_LARGE
    assert refused(b"PK\x01\x02" * 100_000) is Failure.TOO_LARGE


@pytest.mark.parametrize(
    "name", ["../up.xml", "/root.xml", "a/../../b.xml", "C:/a.xml", "a//b.xml", "./a.xml"]
)
def test_names_that_lead_out_of_the_package_are_refused(name: str) -> None:
    assert refused(package({name: b""})) is Failure.BROKEN


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("a.xml", "one")
        made.writestr("a.xml", "two")

    assert refused(target.getvalue()) is Failure.BROKEN


def test_a_method_that_office_documents_do_not_use_is_refused() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.xml", "one")

    assert refused(target.getvalue()) is Failure.BROKEN


def test_a_written_package_tells_neither_time_nor_system() -> None:
    data = packed([("b", b"2"), ("a", b"1")], stored=frozenset({"b"}))

    rows = zipfile.ZipFile(BytesIO(data)).infolist()
    assert [row.filename for row in rows] == ["b", "a"]
    assert {row.date_time for row in rows} == {(1980, 1, 1, 0, 0, 0)}
    assert {(row.create_system, row.extra, row.comment) for row in rows} == {(0, b"", b"")}
    assert [row.compress_type for row in rows] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
