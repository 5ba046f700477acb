"""Drawings of Windows programs (EMF, WMF) and SVG, as they stand in documents: their pictures are
orders to draw, so only the remarks beside the orders are taken out."""

from collections.abc import Iterator
from struct import unpack_from

from inspection.findings import About, Hidden
from inspection.formats import traces
from inspection.formats.traces import Trace, Traces

# [MS-EMF] 2.2.9: " EMF" at 40, then at 60 the description's length in characters and its place.
_EMF = (40, b" EMF")
_DESCRIPTION = 60
_WMF = (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")
_SVG = Traces(
    elements={"metadata": About.OTHER, "namedview": None},
    attributes={
        ("", "docname"): Trace(About.OTHER),
        ("", "export-filename"): Trace(About.OTHER),
        ("", "absref"): Trace(About.OTHER),
    },
)


def known(data: bytes) -> bool:
    """Whether it is one of these."""
    return _is_emf(data) or data.startswith(_WMF) or _is_svg(data)


def hidden(data: bytes) -> Iterator[Hidden]:
    """An EMF's description names program and document; an SVG's its drawing program's paths."""
    if _is_svg(data):
        yield from traces.found(data, _SVG)
    elif _is_emf(data):
        start, end = _description(data)
        text = data[start:end].decode("utf-16-le", "replace").replace("\0", " ")
        if text.strip():
            yield traces.row(About.SOFTWARE, "EMF description", text)


def cleaned(data: bytes) -> bytes:
    """A copy without that."""
    if _is_svg(data):
        return traces.without(data, _SVG)
    if not _is_emf(data):
        return data
    start, end = _description(data)
    return data[:start] + bytes(end - start) + data[end:]


def _is_emf(data: bytes) -> bool:
    start, magic = _EMF
    return data[start : start + len(magic)] == magic


def _is_svg(data: bytes) -> bool:
    return data.lstrip()[:1] == b"<" and b"<svg" in data[:4096]


def _description(data: bytes) -> tuple[int, int]:
    length, start = unpack_from("<II", data, _DESCRIPTION)
    start = min(start, len(data))
    return start, min(start + 2 * length, len(data))
