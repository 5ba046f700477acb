"""An application as people see it: its headers, its certificate, its way from http to https."""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from flask_babel import gettext as _

from reviewer.commands.checkup.finding import Finding
from web.headers import HEADERS, STRICT_TRANSPORT_SECURITY

# Of whatever stands in front: they name a program, or let a browser be recognised.
_UNWANTED = ("ETag", "Last-Modified", "X-Powered-By", "Via", "Alt-Svc", "NEL", "Report-To")
_SERVER = "Server"
_OUR_NAME = "zegel"
_HTTPS = {**HEADERS, "Strict-Transport-Security": STRICT_TRANSPORT_SECURITY}
SECONDS = 15.0


def seen_from_outside(url: str, trusted: ssl.SSLContext | None = None) -> list[Finding]:
    """What is wrong with the application at this address.

    Args:
        url: of portal or console, `https://name` or, on loopback, `http://name:port`.
        trusted: who may vouch for its certificate; default: whom this machine trusts.
    """
    address = urlsplit(url)
    try:
        status, headers = _ask(address, trusted or ssl.create_default_context())
    except ssl.SSLCertVerificationError as problem:
        return [_bad_certificate(url, problem.verify_message)]
    except (OSError, HTTPException) as problem:
        return [_no_answer(url, str(problem) or type(problem).__name__)]
    if status != 200:
        return [_no_answer(url, str(status))]
    return _missing(url, headers, _HTTPS if address.scheme == "https" else HEADERS)


def _ask(address: SplitResult, trusted: ssl.SSLContext) -> tuple[int, Mapping[str, str]]:
    host, port = address.hostname or "", address.port
    connection = (
        HTTPSConnection(host, port, timeout=SECONDS, context=trusted)
        if address.scheme == "https"
        else HTTPConnection(host, port, timeout=SECONDS)
    )
    try:
        # A page of either application that anybody may see.
        connection.request("GET", "/healthz", headers={"Host": address.netloc})
        answer = connection.getresponse()
        answer.read()
        return answer.status, dict(answer.headers.items())
    finally:
        connection.close()


def _missing(url: str, headers: Mapping[str, str], expected: Mapping[str, str]) -> list[Finding]:
    found = []
    for name, value in expected.items():
        if headers.get(name) != value:
            what = _("%(url)s comes without the header %(name)s as it is sent", url=url, name=name)
            found.append(Finding(what, _something_in_between()))
    unwanted = [name for name in _UNWANTED if name in headers]
    if headers.get(_SERVER, _OUR_NAME) != _OUR_NAME:
        unwanted.append(_SERVER)
    for name in unwanted:
        what = _("%(url)s comes with the header %(name)s", url=url, name=name)
        found.append(Finding(what, _something_in_between()))
    return found


def _something_in_between() -> str:
    return _(
        "The application sends its headers on every page, and something in front of it changes "
        "them. Compare its configuration with deploy/nginx.conf or deploy/Caddyfile."
    )


def _bad_certificate(url: str, why: str) -> Finding:
    what = _("the certificate of %(url)s is not trusted: %(why)s", url=url, why=why)
    advice = _("Browsers turn people away. Renew it, or install the certificates in between too.")
    return Finding(what, advice)


def _no_answer(url: str, why: str) -> Finding:
    what = _("%(url)s does not answer: %(why)s", url=url, why=why)
    advice = _(
        "Look whether the service runs, whether the proxy reaches its socket, and whether the name "
        "stands in ZEGEL_TRUSTED_HOSTS."
    )
    return Finding(what, advice)
