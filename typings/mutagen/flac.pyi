from collections.abc import Callable
from io import BytesIO

from mutagen import FileType
from mutagen._vorbis import VComment

class MetadataBlock:
    code: int
    def write(self) -> bytes: ...

class StreamInfo(MetadataBlock): ...
class SeekTable(MetadataBlock): ...

class Picture(MetadataBlock):
    mime: str
    desc: str
    data: bytes

class FLAC(FileType):
    tags: VComment | None
    pictures: list[Picture]
    metadata_blocks: list[MetadataBlock]
    def save(
        self, filething: BytesIO, deleteid3: bool = ..., *, padding: Callable[[object], int]
    ) -> None: ...
