"""The store of sealed files on a server that speaks S3 (moto's)."""

import os
from collections.abc import Iterator

import pytest

from cases.errors import EvidenceUnusable
from cases.evidence_store import PART_SIZE, EvidenceStore
from tests.support.commands import free_port
from tests.support.s3 import BUCKET, s3_server, unfinished_uploads

NAME, OTHER = "0a" * 16, "0b" * 16


class CallerFailed(Exception):
    """Something that is not the store's fault."""


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with s3_server() as environment:
        yield environment


@pytest.fixture
def store(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[EvidenceStore]:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    made = EvidenceStore(f"s3://{BUCKET}/office")
    yield made
    for name in list(made.names()):
        made.delete(name)


@pytest.mark.parametrize("size", [1, 2 * PART_SIZE + 7])
def test_what_was_written_is_read_back_and_removed(store: EvidenceStore, size: int) -> None:
    content = os.urandom(size)

    with store.writer(NAME) as writer:
        writer.write(content)

    assert b"".join(store.reader(NAME)) == content
    assert [(each.name, each.size) for each in store.objects()] == [(NAME, size)]
    assert (store.size(NAME), store.size(OTHER)) == (size, None)
    store.delete(NAME)
    store.delete(NAME)
    assert list(store.names()) == []


def test_a_caller_that_fails_leaves_nothing_not_even_parts(
    store: EvidenceStore, server: dict[str, str]
) -> None:
    def fails() -> None:
        with store.writer(NAME) as writer:
            writer.write(bytes(3 * PART_SIZE))
            assert unfinished_uploads(server) == 1
            raise CallerFailed

    with pytest.raises(CallerFailed):
        fails()

    assert list(store.names()) == []
    assert unfinished_uploads(server) == 0


def test_a_server_that_answers_is_healthy(store: EvidenceStore) -> None:
    store.check()

    assert store.unfinished() == frozenset()
    assert store.where == f"s3://{BUCKET}"


def test_a_server_that_is_down_is_one_clear_line(
    server: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = {"AWS_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    for name, value in {**server, **nowhere}.items():
        monkeypatch.setenv(name, value)
    gone = EvidenceStore(f"s3://{BUCKET}/office")

    with pytest.raises(EvidenceUnusable, match=r"^The evidence store s3://") as failure:
        gone.check()
    assert "\n" not in str(failure.value)
