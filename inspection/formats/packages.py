"""Zip packages of strangers, read within bounds, and written so that they tell nothing themselves.

A few kilobytes of zip can stand for gigabytes, so the declared sizes are added up before anything
is unpacked; `zipfile` never unpacks more of an entry than was declared for it.
"""

import zipfile
from collections.abc import Iterable
from io import BytesIO

from inspection.findings import Failure, InspectionFailed

# Begins a row of a zip's directory. Counted before `zipfile` makes an object of every one.
_ROW = b"PK\x01\x02"
ENTRIES = 10_000
UNPACKED = 256 * 2**20
_ENCRYPTED = 0x1
# What office documents may use; the others need far more memory to unpack.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# The first day a zip can write down.
_DAY = (1980, 1, 1, 0, 0, 0)


class Package:
    """The entries of a zip.

    Args:
        data: the whole file.

    Raises:
        InspectionFailed: too many or too large entries, or names and methods that no honest
            program writes.
        zipfile.BadZipFile: it is none.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ROW) > ENTRIES:
            raise InspectionFailed(Failure.TOO_LARGE)
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._entries = _checked(self._zip.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """Of the files in it, in their order."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def size(self, name: str) -> int:
        """How many bytes an entry says that it holds."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """What an entry holds; never more than it said."""
        return self._zip.read(self._entries[name])


def _checked(rows: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    files = [row for row in rows if not row.is_dir()]
    if sum(row.file_size for row in files) > UNPACKED:
        raise InspectionFailed(Failure.TOO_LARGE)
    entries = {row.filename: row for row in files}
    if len(entries) != len(files) or not all(map(_honest, files)):
        raise InspectionFailed(Failure.BROKEN)
    return entries


def _honest(row: zipfile.ZipInfo) -> bool:
    steps = row.filename.split("/")
    return (
        row.compress_type in _METHODS
        and not row.flag_bits & _ENCRYPTED
        and "\\" not in row.filename
        and ":" not in row.filename
        and not {"", ".", ".."} & set(steps)
    )


def packed(entries: Iterable[tuple[str, bytes]], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip without times, owners or remarks.

    Args:
        entries: names and contents, in the order to write them.
        stored: the names of those that are not compressed.

    Returns:
        The whole file.
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in entries:
            row = zipfile.ZipInfo(name, _DAY)
            # Not the system that this program runs on.
            row.create_system = 0
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(row, content, method)
    return target.getvalue()
