"""The locked process, which `locked_process` starts: its socket is descriptor 0.

Everything that may be needed is loaded first, since no file can be opened afterwards. Then the
process locks itself, says so, and answers one question after the other until its socket closes.
"""

import codecs
import encodings.aliases
import gc
import os
import sys
import warnings
from contextlib import suppress
from itertools import islice

from PIL.Image import DecompressionBombError, DecompressionBombWarning

from inspection import kinds, lockdown, wire
from inspection.findings import Failure, InspectionFailed, Look
from inspection.wire import Ask, Request

_SOCKET = 0


def main() -> None:
    """Loads, locks and serves; if a lock is refused, the process ends without a word.

    Its arguments are the memory, in bytes, and the seconds of CPU time that it may have.
    """
    memory, cpu_seconds = int(sys.argv[1]), int(sys.argv[2])
    _load_what_loads_late()
    lockdown.lock(memory, cpu_seconds)
    # Nothing is printed: the texts of libraries quote the files.
    _send(wire.READY)
    while (request := _next_request()) is not None:
        _send(_answer(request))
        gc.collect()


def _load_what_loads_late() -> None:
    """Python loads an encoding when it is first used."""
    for name in set(encodings.aliases.aliases.values()):
        with suppress(LookupError):
            codecs.lookup(name)
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", DecompressionBombWarning)


def _next_request() -> tuple[Request, str, bytes] | None:
    head = _receive(wire.REQUEST_BYTES)
    if len(head) < wire.REQUEST_BYTES:
        return None
    request = wire.unpack_request(bytes(head))
    name = _receive(request.name_bytes).decode("utf-8", "replace")
    data = bytes(_receive(request.size))
    return (request, name, data) if len(data) == request.size else None


def _answer(question: tuple[Request, str, bytes]) -> bytes:
    """Whatever a library raises means that it cannot read the file."""
    try:
        body = _result(*question)
    except InspectionFailed as error:
        return wire.pack_verdict(error.failure)
    except (MemoryError, DecompressionBombError, DecompressionBombWarning):
        return wire.pack_verdict(Failure.TOO_LARGE)
    except Exception:  # noqa: BLE001 - libraries raise anything
        return wire.pack_verdict(Failure.BROKEN)
    return wire.pack_verdict(None, len(body)) + body


def _result(request: Request, name: str, data: bytes) -> bytes:
    kind = kinds.kind_of(data, name)
    if request.ask is Ask.LOOK:
        return wire.pack_look(_look(kind, name, data))
    if kind.format is None:
        raise InspectionFailed(Failure.UNSUPPORTED)
    if request.ask is Ask.PAGE:
        if request.number >= kind.format.pages(data):
            raise InspectionFailed(Failure.UNSUPPORTED)
        return wire.pack_page(kind.format.page(data, request.number))
    return _cleaned(kind, name, data)


def _look(kind: kinds.Kind, name: str, data: bytes) -> Look:
    fits_name = kinds.fits(kind, name)
    if kind.format is None:
        return Look(kind.media_type, fits_name, (), False, 0)
    # One more than can be sent is enough.
    hidden = tuple(dict.fromkeys(islice(kind.format.hidden(data), wire.ROWS)))
    cleanable, pages = kinds.cleanable(kind, name), kind.format.pages(data)
    return Look(kind.media_type, fits_name, hidden, cleanable, pages)


def _cleaned(kind: kinds.Kind, name: str, data: bytes) -> bytes:
    """A copy, which must still be what the file was."""
    copy = kind.format.cleaned(data) if kind.format and kinds.cleanable(kind, name) else None
    if copy is None:
        raise InspectionFailed(Failure.UNSUPPORTED)
    if kinds.kind_of(copy, name).media_type != kind.media_type:
        raise InspectionFailed(Failure.BROKEN)
    return copy


def _receive(length: int) -> bytearray:
    """So many bytes, or fewer if the other side is gone."""
    parts = bytearray()
    while len(parts) < length:
        part = os.read(_SOCKET, min(length - len(parts), wire.CHUNK_BYTES))
        if not part:
            break
        parts += part
    return parts


def _send(answer: bytes) -> None:
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(_SOCKET, rest) :]
