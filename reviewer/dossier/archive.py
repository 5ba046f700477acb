"""A ZIP file made while it is read, one member after another; the last lists all the others."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZIP_STORED

from zipstream import ZipStream

from reviewer.dossier.members import Member

MANIFEST = "manifest.json"
FORMAT, VERSION = "zegel-dossier", 1


def archive(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive of these, with `manifest.json` at the end; one piece is in memory at once.

    What a member's content raises is raised here: the archive breaks off before its directory.
    """
    stream, listed = ZipStream(), list[dict[str, object]]()
    for member in members:
        compression = ZIP_STORED if member.dense else ZIP_DEFLATED
        stream.add(_noted(member, listed), member.name, size=member.size, compress_type=compression)
        yield from stream.all_files()
    manifest = {"format": FORMAT, "version": VERSION, "members": listed}
    stream.add(json.dumps(manifest, indent=2, ensure_ascii=False).encode(), MANIFEST)
    yield from stream.finalize()


def _noted(member: Member, listed: list[dict[str, object]]) -> Iterator[bytes]:
    """The content of a member; when it ends, what it was is in the list."""
    digest, size = sha256(), 0
    for piece in member.content():
        digest.update(piece)
        size += len(piece)
        yield piece
    listed.append({"name": member.name, "size": size, "sha256": digest.hexdigest()})
