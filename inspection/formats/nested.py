"""Pictures and recordings inside documents: they carry what they carry outside."""

from collections.abc import Iterator

from inspection.findings import Hidden
from inspection.formats import audio, metafiles, pictures

_PICTURES = (
    (0, b"\xff\xd8\xff"),
    (0, b"\x89PNG"),
    (0, b"GIF8"),
    (0, b"BM"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (8, b"WEBP"),
)


class Unclean(Exception):
    """Something in a document cannot be cleaned, so the document cannot."""


def hidden(name: str, data: bytes) -> Iterator[Hidden]:
    """What a picture or recording carries unseen.

    Args:
        name: of the part that it is, put before the names of what is found.
        data: the part.
    """
    for row in _rows(data):
        yield Hidden(row.about, f"{name.rpartition('/')[2]}: {row.name}", row.value)


def cleaned(data: bytes) -> bytes:
    """A copy without that.

    Raises:
        Unclean: no copy can be made, or nobody knows what it is.
    """
    copy = _cleaned(data)
    if copy is None:
        raise Unclean
    return copy


def known(data: bytes) -> bool:
    """Whether it is a picture or recording that can be read here."""
    return _is_picture(data) or metafiles.known(data) or audio.known(data)


def _rows(data: bytes) -> Iterator[Hidden]:
    if _is_picture(data):
        return pictures.hidden(data)
    if metafiles.known(data):
        return metafiles.hidden(data)
    return audio.AUDIO.hidden(data) if audio.known(data) else iter(())


def _cleaned(data: bytes) -> bytes | None:
    if _is_picture(data):
        return pictures.cleaned(data)
    if metafiles.known(data):
        return metafiles.cleaned(data)
    return audio.AUDIO.cleaned(data) if audio.known(data) else None


def _is_picture(data: bytes) -> bool:
    return any(data[start : start + len(magic)] == magic for start, magic in _PICTURES)
