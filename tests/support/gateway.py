"""A served application, on a socket, as the WSGI application that the tests' browser opens.

    browser = Client(gateway(served.connect))

What `tests/support/html.py` demands of every page it then demands of the server too, and of a
proxy in front of it.
"""

from collections.abc import Callable, Iterable
from http.client import HTTPConnection
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

# Of the connection and not of the page (RFC 9110, 7.6.1), and the program's name.
_NOT_OF_THE_PAGE = {"connection", "keep-alive", "transfer-encoding", "server"}
_PIECE = 64 * 1024

WsgiApplication = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


def gateway(connect: Callable[[], HTTPConnection]) -> Any:
    """What passes each request on to a connection of its own.

    Typed as anything: the tests' browser asks for a Flask application and uses it as WSGI alone.
    """

    def pass_on(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        connection = connect()
        try:
            _send(connection, environ)
            answer = connection.getresponse()
            headers = [
                (name, value)
                for name, value in answer.getheaders()
                if name.lower() not in _NOT_OF_THE_PAGE
            ]
            start_response(f"{answer.status} {answer.reason or '-'}", headers)
            return [answer.read()]
        finally:
            connection.close()

    return pass_on


def _send(connection: HTTPConnection, environ: WSGIEnvironment) -> None:
    query = environ.get("QUERY_STRING", "")
    path = environ["PATH_INFO"] + (f"?{query}" if query else "")
    connection.putrequest(environ["REQUEST_METHOD"], path, skip_host=True)
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            connection.putheader(name[5:].replace("_", "-").title(), value)
    if environ.get("CONTENT_TYPE"):
        connection.putheader("Content-Type", environ["CONTENT_TYPE"])
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length or environ["REQUEST_METHOD"] == "POST":
        connection.putheader("Content-Length", str(length))
    connection.endheaders()
    while piece := environ["wsgi.input"].read(_PIECE):
        connection.send(piece)
