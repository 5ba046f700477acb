"""Small packages made in memory, honest and hostile."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def package(parts: Mapping[str, bytes | str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every part changed."""
    return package({name: change(name, content) for name, content in entries(data).items()})


def bomb(size: int) -> bytes:
    """A package of one entry that stands for so many zeros, as its directory says."""
    data = bytearray(package({"zeros.xml": bytes(2**20)}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = size.to_bytes(4, "little")
    return bytes(data)
