from collections.abc import Iterable

from mutagen import FileType

class MP4StreamInfoError(Exception): ...

class MP4Tags:
    def items(self) -> Iterable[tuple[str, object]]: ...

class MP4(FileType):
    tags: MP4Tags | None
