"""Forms with files, cut and broken in every way: read whole, or refused and nothing kept."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from cases.actions.evidence import stored_pieces
from cases.evidence_store import EvidenceStore
from cases.models.base import new_id
from tests.support.multipart_body import Part, encoded_form
from web.file_parts import FilePart, SealedPart
from web.form_reader import LONGEST_HEADER, MOST_PARTS, Body, FormReader

MOST_TEXT = 64 * 1024
# Marks what must never lie in the store as it was sent.
MARK = b"canary in the minutes "
# What a parser looks for, so that contents are full of it.
LURES = [b"\r\n", b"\r", b"\n", b"--", b"\r\n--", b"\r\n\r\n", b"\x00", b"\xff\xfe", MARK * 60]

cheap = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
contents = st.lists(st.sampled_from(LURES) | st.binary(max_size=40), max_size=6).map(b"".join)
names = st.text(st.characters(codec="utf-8", exclude_characters="\\%"), min_size=1, max_size=30)


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    """Fields and files, in any order."""
    kinds = st.builds(Part, names, contents), st.builds(Part, st.just("files"), contents, names)
    return draw(st.lists(st.one_of(*kinds), min_size=1, max_size=4))


@dataclass
class Cut:
    """A body that comes in pieces of given sizes, over and over."""

    body: BytesIO
    sizes: Sequence[int]
    reads: int = 0

    def read(self, size: int, /) -> bytes:
        """The next piece."""
        self.reads += 1
        return self.body.read(min(size, self.sizes[self.reads % len(self.sizes)]))


class Taking:
    """What a request does with a form: its files go to a real store."""

    def __init__(self, folder: Path, sizes: Sequence[int] = (1 << 20,)) -> None:
        self.folder, self.sizes = folder / "evidence", sizes
        self.store = EvidenceStore(self.folder.as_uri())
        self.files: list[SealedPart] = []
        self.fields: list[tuple[str, bytes]] = []

    def take(self, body: bytes, kind: str, length: int | None = None) -> None:
        """Read the form; whatever goes wrong, nothing unfinished stays."""
        reader = FormReader(kind.partition("boundary=")[2], self._open, MOST_TEXT)
        cut = Cut(BytesIO(body), self.sizes)
        try:
            reader.read(Body(cut, len(body) if length is None else length))
        finally:
            for part in self.files:
                part.give_up()
        self.fields = reader.fields

    def kept(self) -> list[tuple[str, bytes]]:
        """The complete files, opened again."""
        found = [part.attachment for part in self.files]
        return [
            (each.name, b"".join(stored_pieces(self.store, each)))
            for each in found
            if each is not None
        ]

    def stored(self) -> list[bytes]:
        """Everything that lies in the store, and is removed with that."""
        return list(self._emptied())

    def _emptied(self) -> Iterator[bytes]:
        for path in self.folder.iterdir() if self.folder.exists() else []:
            yield path.read_bytes()
            path.unlink()

    def _open(self, name: str, media_type: str) -> FilePart:
        if not name:
            return FilePart()
        part = SealedPart(new_id(), name, media_type, self.store, _at_once)
        part.begin()
        self.files.append(part)
        return part


def _at_once(work: Callable[[], None]) -> None:
    work()


@cheap
@given(parts(), st.lists(st.integers(1, 90), min_size=1, max_size=4))
def test_a_form_comes_through_whole_however_it_is_cut(
    tmp_path: Path, sent: list[Part], sizes: list[int]
) -> None:
    taking = Taking(tmp_path, sizes)

    taking.take(*encoded_form(sent))

    files = [part for part in sent if part.filename is not None]
    assert taking.fields == [(each.name, each.content) for each in sent if each not in files]
    assert [content for _, content in taking.kept()] == [file.content for file in files]
    stored = taking.stored()
    assert len(stored) == len(files)
    assert not any(MARK in each for each in stored)


@st.composite
def broken(draw: st.DrawFn, body: bytes) -> bytes:
    """The body with a stretch of it replaced, left out or doubled."""
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, min(len(body), start + 60)))
    instead = st.sampled_from([b"", body[start:end] * 2, *LURES]) | st.binary(max_size=20)
    return body[:start] + draw(instead) + body[end:]


@cheap
@given(st.data(), parts(), st.integers(-3, 3))
def test_a_broken_form_is_refused_or_read_to_its_end(
    tmp_path: Path, data: st.DataObject, sent: list[Part], longer: int
) -> None:
    taking = Taking(tmp_path)
    whole, kind = encoded_form(sent)
    body = data.draw(broken(whole))
    refused = None

    try:
        taking.take(body, kind, max(0, len(body) + longer))
    except HTTPException as refusal:
        refused = refusal.code

    complete = [part for part in taking.files if part.attachment is not None]
    stored = taking.stored()
    assert refused in (None, 400, 413)
    # A refused form may have brought whole files before; the request that ends forgets them.
    assert len(stored) == len(complete)
    assert refused or len(complete) == len(taking.files)
    assert not any(MARK in each for each in stored)


FIELD = b'--b\r\nContent-Disposition: form-data; name="what"\r\n\r\nwords\r\n'
FILE = b'--b\r\nContent-Disposition: form-data; name="files"; filename="%b"\r\n\r\nscan\r\n'
END = b"--b--\r\n"
MALFORMED = {
    "nothing": b"",
    "no boundary": b"words" * 100,
    "another boundary": (FIELD + END).replace(b"--b", b"--c"),
    "no end": FIELD,
    "no end of a file": (FILE % b"a").removesuffix(b"\r\n"),
    "cut in a header": FIELD + b"--b\r\nContent-Dispo",
    "no disposition": b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n" + END,
    "another disposition": FIELD.replace(b"form-data", b"attachment") + END,
    "no headers at all": b"--b\r\n\r\nwords\r\n" + END,
    "a header without a colon": FIELD.replace(b"Disposition:", b"Disposition") + END,
    "bare line feeds": (FIELD + END).replace(b"\r\n", b"\n"),
    "a wrong length of a part": FIELD.replace(b"\r\n\r\n", b"\r\nContent-Length: 3\r\n\r\n") + END,
    "letters as a length": FIELD.replace(b"\r\n\r\n", b"\r\nContent-Length: x\r\n\r\n") + END,
    "more than its end": FIELD + b"--bb\r\n",
}
TOO_MUCH = {
    "a header of a megabyte": FILE % (b"a" * 1024 * 1024) + END,
    "countless headers": FIELD.replace(b"\r\n\r\n", b"\r\nX: y" * 100 + b"\r\n\r\n") + END,
    "countless fields": FIELD * 300 + END,
    "a long text": FIELD.replace(b"words", b"w" * MOST_TEXT) + END,
    "long names": FIELD.replace(b"what", b"w" * 16_000) * 5 + END,
    "countless parts": (FILE % b"") * (MOST_PARTS + 1) + END,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_no_form_is_a_bad_request(tmp_path: Path, body: bytes) -> None:
    taking = Taking(tmp_path)

    with pytest.raises(BadRequest):
        taking.take(body, "boundary=b")

    assert taking.stored() == []


@pytest.mark.parametrize("body", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_nobody_sends_is_too_large(tmp_path: Path, body: bytes) -> None:
    taking = Taking(tmp_path)

    with pytest.raises(RequestEntityTooLarge):
        taking.take(body, "boundary=b")

    assert taking.stored() == []


@pytest.mark.parametrize("boundary", ["", "b\n", "é" * 40], ids=["none", "a line", "no letters"])
def test_a_boundary_that_is_none_is_a_bad_request(tmp_path: Path, boundary: str) -> None:
    with pytest.raises(BadRequest):
        Taking(tmp_path).take(FIELD + END, f"boundary={boundary}")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b'a\\"b.pdf', "a b.pdf"),
        (b"a%22b.pdf", "a b.pdf"),
        (b"a; name=what.pdf", "a; name=what.pdf"),
        (b"C:\\Users\\me\\a.pdf", "a.pdf"),
        (b"\xff\xfe.pdf", "��.pdf"),
        ("été.pdf".encode(), "été.pdf"),
        (b"a" * (LONGEST_HEADER - 100), "a" * 200),
    ],
)
def test_a_strange_name_costs_no_file(tmp_path: Path, written: bytes, name: str) -> None:
    taking = Taking(tmp_path)

    taking.take(FILE.replace(b"%b", written) + END, "boundary=b")

    ((found, content),) = taking.kept()
    assert content == b"scan"
    assert found.startswith(name)


def test_a_body_that_is_shorter_than_announced_is_refused(tmp_path: Path) -> None:
    body = FILE % b"a" + END
    taking = Taking(tmp_path)

    with pytest.raises(BadRequest):
        taking.take(body, "boundary=b", len(body) + 1)
