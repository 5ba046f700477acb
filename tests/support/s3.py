"""A server that speaks S3, for tests: moto's, in a process of its own, on loopback."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from tests.support.commands import free_port

BUCKET = "zegel-evidence"
SECONDS = 30


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """The environment by which a bucket is reached."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _make_bucket(port, server)
        yield {
            "AWS_ENDPOINT": f"http://127.0.0.1:{port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "eu-central-1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }
    finally:
        server.kill()
        server.wait()


def unfinished_uploads(environment: dict[str, str]) -> int:
    """How many multipart uploads the server still keeps parts of."""
    port = int(environment["AWS_ENDPOINT"].rpartition(":")[2])
    return _ask(port, "GET", f"/{BUCKET}?uploads").count(b"<Upload>")


def _make_bucket(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            _ask(port, "PUT", f"/{BUCKET}")
        except ConnectionRefusedError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            # Its port is the only sign that it is ready.
            time.sleep(0.05)
        else:
            return


def _ask(port: int, method: str, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, headers={"Host": f"127.0.0.1:{port}"})
        return connection.getresponse().read()
    finally:
        connection.close()
