"""The mail server that the operator names, read from the environment and checked."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from cases.domain.work_addresses import read_work_address
from cases.errors import InvalidWorkAddress
from cases.saying import said
from web.settings import SettingsInvalid

SERVER, SENDER = "ZEGEL_SMTP_URL", "ZEGEL_MAIL_FROM"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Encryption(StrEnum):
    """How the way to the mail server is protected."""

    NONE = "none"  # loopback only: nothing leaves the machine
    STARTTLS = "starttls"
    TLS = "tls"


_PORTS = {Encryption.NONE: 25, Encryption.STARTTLS: 587, Encryption.TLS: 465}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over and in whose name."""

    host: str
    port: int
    encryption: Encryption
    sender: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def mail_server(environment: Mapping[str, str] = os.environ) -> MailServer | None:
    """The server of `ZEGEL_SMTP_URL`, sending as `ZEGEL_MAIL_FROM`; None where neither is set.

    Raises:
        SettingsInvalid: one without the other, or something that makes no sense; the line never
            repeats the address, which may hold a password.
    """
    url, sender = environment.get(SERVER, ""), environment.get(SENDER, "")
    if not url and not sender:
        return None
    if not url or not sender:
        raise SettingsInvalid(
            said(
                "set both %(server)s and %(sender)s, or neither: then nobody gets mail",
                server=SERVER,
                sender=SENDER,
            )
        )
    parsed = _parsed(url)
    host = parsed.hostname or ""
    encryption = _encryption(parsed.scheme, host)
    return MailServer(
        host=host,
        port=parsed.port or _PORTS[encryption],
        encryption=encryption,
        sender=_sender(sender),
        user=_plain(parsed.username),
        password=_plain(parsed.password),
    )


def _parsed(url: str) -> SplitResult:
    parsed = urlsplit(url)
    try:
        usable = bool(parsed.hostname) and parsed.port != 0
    except ValueError:
        usable = False
    if parsed.scheme not in ("smtp", "smtps") or not usable:
        raise SettingsInvalid(
            said("%(server)s must be smtp://user:password@host:port or smtps://...", server=SERVER)
        )
    return parsed


def _plain(quoted: str | None) -> str:
    text = unquote(quoted or "")
    if not text.isascii():
        # Python's SMTP client can send no other characters when it signs in.
        raise SettingsInvalid(
            said("user and password in %(server)s may only hold ASCII characters", server=SERVER)
        )
    return text


def _encryption(scheme: str, host: str) -> Encryption:
    if scheme == "smtps":
        return Encryption.TLS
    return Encryption.NONE if host in _LOOPBACK else Encryption.STARTTLS


def _sender(typed: str) -> str:
    try:
        address = read_work_address(typed)
    except InvalidWorkAddress:
        address = None
    if address is None:
        raise SettingsInvalid(
            said("%(sender)s must be one e-mail address, such as office@example.org", sender=SENDER)
        )
    return address
