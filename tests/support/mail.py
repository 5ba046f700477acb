"""A real mail server on loopback that keeps what it takes, and fails when it is told to."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

SENDER = "office@zegel.example"


@dataclass
class TakenMail:
    """What the server took, in order, and how it is to behave.

    `breaks_after` counts messages: then the connection of the next one breaks off. Addresses in
    `refused` get a 550.
    """

    port: int = 0
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: int = 0
    breaks_after: int | None = None
    refused: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """As the operator writes it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages, read."""
        return [self._read(raw) for raw in self.raw]

    def environment(self) -> dict[str, str]:
        """The settings that lead here."""
        return {"ZEGEL_SMTP_URL": self.url, "ZEGEL_MAIL_FROM": SENDER}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse one address, or break off."""
        if self.breaks_after is not None and len(self.raw) >= self.breaks_after:
            assert server.transport is not None
            server.transport.abort()
        if address in self.refused:
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message."""
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 taken"

    @staticmethod
    def _read(raw: bytes) -> EmailMessage:
        message = message_from_bytes(raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message


class _AnyPort(Controller):
    """A controller that lets the system choose the port, which aiosmtpd's own cannot."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, login: tuple[bytes, bytes] | None = None
) -> Iterator[TakenMail]:
    """A server that runs until the block ends.

    Args:
        tls: offer STARTTLS with this certificate, and take nothing without it.
        login: the user and password that are right.
    """
    taken = TakenMail()

    def knows(
        server: object, session: object, envelope: object, mechanism: str, given: LoginPassword
    ) -> AuthResult:
        success = (given.login, given.password) == login
        taken.logins += success
        return AuthResult(success=success, handled=False)

    controller = _AnyPort(
        taken,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        require_starttls=tls is not None,
        authenticator=knows if login else None,
        auth_require_tls=False,
        auth_exclude_mechanism=["LOGIN"],
    )
    controller.start()
    try:
        taken.port = controller.port
        yield taken
    finally:
        controller.stop()
