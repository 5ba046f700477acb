"""How gunicorn serves both applications; every line has a measured reason (docs/decisions)."""

from gunicorn.http import wsgi
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.message import Request
from gunicorn.workers.gthread import ThreadWorker

from web.process import forbid_core_dumps, share_memory_between_threads
from web.serving import BoundedThreadWorker

# The module that writes the header holds its own copy of the name.
wsgi.SERVER = "zegel"  # type: ignore[attr-defined]  # it imported the name for itself

worker_class = BoundedThreadWorker
# More than may derive keys and queue for it (web/settings.py), or send files (web/serving.py), so
# that pages are served while a queue stands; all of these at once take a third of a second.
threads = 48
# Of visitors; each may have 64 KiB of a request here that is still arriving (web/arrival.py).
worker_connections = 512
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn's heartbeat file, empty, in memory
# The address of a client stands in gunicorn's warnings, never in its errors.
loglevel = "error"
accesslog = None
# A stranger's headers decide nothing: not the scheme, not SCRIPT_NAME, not the address. An empty
# list of trusted addresses is not enough on a unix socket.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
control_socket_disable = True
limit_request_line = 2048
limit_request_fields = 40
limit_request_field_size = 4096
keepalive = 5
timeout = 60
graceful_timeout = 10


def post_worker_init(worker: BoundedThreadWorker) -> None:
    """Nothing of a person's words may lie in a core file, or stay in memory for long; a flood must
    not take all of it."""
    forbid_core_dumps()
    share_memory_between_threads()
    worker.forgetting.start()


def pre_request(worker: ThreadWorker, request: Request) -> None:
    """One way to say whom a request is for, and one way to say how long its body is.

    HTTP/1.1 demands a Host (RFC 9112, 3.2). No browser sends a form in chunks, and what nobody
    needs is one thing less that two programs can read differently. Raises InvalidHeader: 400.
    """
    names = {name for name, _ in request.headers}
    if "HOST" not in names and request.version != (1, 0):
        raise InvalidHeader("HOST")
    if "TRANSFER-ENCODING" in names:
        raise InvalidHeader("TRANSFER-ENCODING")
