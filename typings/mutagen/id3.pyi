from collections.abc import Iterable
from io import BytesIO

class Frame:
    FrameID: str
    HashKey: str
    mime: str
    desc: str
    data: bytes

class ID3NoHeaderError(Exception): ...

class ID3:
    def __init__(self, filething: BytesIO) -> None: ...
    def values(self) -> Iterable[Frame]: ...
    def delete(self, filething: BytesIO) -> None: ...
