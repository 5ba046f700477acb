"""Where the samples of a track stand in an MP4 or QuickTime file (ISO 14496-12, 8.6 and 8.7)."""

from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from struct import iter_unpack, unpack_from

# Version and flags, then how many rows.
_HEADER = 8


def places(tables: Mapping[bytes, bytes]) -> Iterator[tuple[int, int]]:
    """Each run of samples that stands together.

    Args:
        tables: the contents of the boxes in the track's sample table, by kind.

    Returns:
        Where in the file each begins, and how many bytes it has.

    Raises:
        KeyError, struct.error: a table is missing or broken.
    """
    (size, count) = unpack_from(">II", tables[b"stsz"], 4)
    sizes = (row[0] for row in iter_unpack(">I", _rows(tables[b"stsz"], 12, 4)))
    for start, samples in zip(_offsets(tables), _lengths(tables[b"stsc"]), strict=False):
        if size:
            yield start, size * min(samples, count)
        else:
            yield start, sum(islice(sizes, samples))


def _offsets(tables: Mapping[bytes, bytes]) -> Iterator[int]:
    narrow = b"stco" in tables
    table, step = (tables[b"stco"], 4) if narrow else (tables[b"co64"], 8)
    return (row[0] for row in iter_unpack(">I" if narrow else ">Q", _rows(table, _HEADER, step)))


def _lengths(table: bytes) -> Iterator[int]:
    """How many samples each chunk has: a row holds until the chunk that the next one names."""
    rows = list(iter_unpack(">III", _rows(table, _HEADER, 12)))
    for (first, samples, _), (after, _, _) in pairwise(rows):
        for _ in range(first, after):
            yield samples
    while rows:
        yield int(rows[-1][1])


def _rows(table: bytes, start: int, step: int) -> bytes:
    rows = table[start:]
    return rows[: len(rows) // step * step]
