"""Handing one message to the office's mail server."""

import smtplib
import ssl
from contextlib import closing, suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from flask_babel import gettext as _

from reviewer.mail_settings import Encryption, MailServer

SECONDS = 10.0  # a server that does not answer holds up the jobs no longer than this


class MailFailed(Exception):
    """The server did not take the message; one line without its content."""


class AddressRefused(MailFailed):
    """The server takes mail, but not for this person."""


def compose(server: MailServer, to: str, subject: str, body: str) -> EmailMessage:
    """A plain message that says of itself that no person wrote it (RFC 3834)."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"] = formatdate()
    # Its usual form names this machine and this process.
    message["Message-ID"] = make_msgid(domain=_domain(server))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def deliver(server: MailServer, message: EmailMessage) -> None:
    """Hand the message over, in a connection of its own.

    Raises:
        AddressRefused: this person's address only.
        MailFailed: the server cannot be reached, is not who it should be, or refuses us.
    """
    try:
        with closing(_connected(server)) as link:
            if server.user:
                link.login(server.user, server.password)
            link.send_message(message)
            # The message is theirs by now: how they take their leave changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                link.quit()
    except smtplib.SMTPRecipientsRefused:
        raise AddressRefused(_("the mail server refuses an address")) from None
    # A name that cannot be one is a UnicodeError, deep inside the resolver.
    except (smtplib.SMTPException, OSError, UnicodeError) as failure:
        said = f"{server.host}: {_in_words(failure)}"
        raise MailFailed(said) from None


def _connected(server: MailServer) -> smtplib.SMTP:
    name = _domain(server)
    if server.encryption is Encryption.TLS:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, name, timeout=SECONDS, context=context)
    link = smtplib.SMTP(server.host, server.port, name, timeout=SECONDS)
    if server.encryption is Encryption.STARTTLS:
        try:
            link.starttls(context=ssl.create_default_context())
        except BaseException:
            link.close()
            raise
    return link


def _domain(server: MailServer) -> str:
    return server.sender.rpartition("@")[2]


def _in_words(failure: Exception) -> str:
    # Never the server's own words: they may repeat an address or what was sent.
    match failure:
        case smtplib.SMTPAuthenticationError():
            return _("the mail server does not accept the user or the password")
        case smtplib.SMTPNotSupportedError():
            return _("the mail server does not offer STARTTLS or signing in, as we asked")
        case smtplib.SMTPResponseException():
            return _("the mail server refused with code %(code)s", code=failure.smtp_code)
        case ssl.SSLError():
            return _("the mail server has no certificate that this machine trusts")
        case smtplib.SMTPServerDisconnected():
            return _("the mail server broke off")
        case _other:
            return _("the mail server cannot be reached")
