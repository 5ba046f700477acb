from collections.abc import Iterable, Iterator

class ZipStream:
    def add(
        self,
        data: bytes | Iterable[bytes],
        arcname: str,
        *,
        size: int | None = ...,
        compress_type: int | None = ...,
    ) -> None: ...
    def all_files(self) -> Iterator[bytes]: ...
    def finalize(self) -> Iterator[bytes]: ...
