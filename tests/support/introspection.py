"""A WSGI application that tells what the server made of a request, and of its own process."""

import ctypes
import json
import resource
from collections.abc import Callable, Iterable

PR_GET_DUMPABLE = 3

# What an application may believe about where a request comes from.
BELIEVED = (
    "HTTP_HOST",
    "PATH_INFO",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_PORT",
    "REMOTE_USER",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PROTOCOL",
    "wsgi.url_scheme",
)

Environ = dict[str, object]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


def app(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The answer to every request, as JSON."""
    dumpable = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
    answer = {
        "believed": {name: environ.get(name) for name in BELIEVED},
        "dumpable": dumpable,
        "core_limit": resource.getrlimit(resource.RLIMIT_CORE),
    }
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(answer, sort_keys=True).encode()]
