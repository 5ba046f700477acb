"""Mail over a real connection: taken, refused, broken off, and never in the clear by accident."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from reviewer.mail import AddressRefused, MailFailed, compose, deliver
from reviewer.mail_settings import Encryption, MailServer
from tests.support.commands import free_port
from tests.support.mail import SENDER, mail_server

TO = "ingrid@office.example"
PASSWORD = "p/a:ss word"


def server_at(port: int, **changes: object) -> MailServer:
    plain = MailServer("localhost", port, Encryption.NONE, SENDER)
    return replace(plain, **changes)  # type: ignore[arg-type]  # MailServer's own fields


def send(server: MailServer) -> None:
    deliver(server, compose(server, TO, "A subject", "A body.\n"))


def certificate(folder: Path) -> Path:
    """A certificate for localhost that signs itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "localhost.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def test_a_message_arrives_with_these_headers_and_no_others() -> None:
    with mail_server() as taken:
        send(server_at(taken.port))

    (message,) = taken.messages
    assert taken.recipients == [TO]
    assert message.get_content().splitlines() == ["A body."]
    assert {name.lower() for name in message} == {
        "from", "to", "subject", "date", "message-id", "auto-submitted",
        "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip
    assert message["Message-ID"].endswith("@zegel.example>")


def test_words_beyond_ascii_arrive_whole() -> None:
    with mail_server() as taken:
        server = server_at(taken.port)
        deliver(server, compose(server, TO, "Überfällige Erinnerungen", "Für Sie: é, ë, ß.\n"))

    (message,) = taken.messages
    assert message["Subject"] == "Überfällige Erinnerungen"
    assert message.get_content().splitlines() == ["Für Sie: é, ë, ß."]


def test_a_refused_address_is_not_a_broken_server() -> None:
    with mail_server() as taken:
        taken.refused = frozenset({TO})
        with pytest.raises(AddressRefused):
            send(server_at(taken.port))


def test_a_server_that_breaks_off_or_is_not_there_fails_in_one_line() -> None:
    with mail_server() as taken:
        taken.breaks_after = 0
        with pytest.raises(MailFailed, match="broke off"):
            send(server_at(taken.port))
    with pytest.raises(MailFailed, match="cannot be reached"):
        send(server_at(free_port()))
    with pytest.raises(MailFailed, match="cannot be reached"):
        send(server_at(25, host="mail..example"))
    assert taken.raw == []


def test_user_and_password_are_given_where_there_are_any() -> None:
    with mail_server(login=(b"zegel", PASSWORD.encode())) as taken:
        send(server_at(taken.port, user="zegel", password=PASSWORD))
        with pytest.raises(MailFailed, match="the user or the password"):
            send(server_at(taken.port, user="zegel", password="another"))

    assert taken.logins == len(taken.raw) == 1


def test_a_server_without_starttls_gets_nothing_where_it_is_required() -> None:
    with mail_server() as taken, pytest.raises(MailFailed, match="STARTTLS"):
        send(server_at(taken.port, encryption=Encryption.STARTTLS))

    assert taken.raw == []


def encrypted(folder: Path) -> tuple[Path, ssl.SSLContext]:
    pem = certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return pem, context


def test_mail_travels_encrypted_to_a_server_that_proves_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, context = encrypted(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    with mail_server(tls=context) as taken:
        send(server_at(taken.port, encryption=Encryption.STARTTLS))
        with pytest.raises(MailFailed, match="certificate"):
            send(server_at(taken.port, host="127.0.0.1", encryption=Encryption.STARTTLS))

    assert len(taken.raw) == 1


def test_a_server_whose_certificate_nobody_trusts_gets_nothing(tmp_path: Path) -> None:
    _, context = encrypted(tmp_path)

    with mail_server(tls=context) as taken, pytest.raises(MailFailed, match="certificate"):
        send(server_at(taken.port, encryption=Encryption.STARTTLS))

    assert taken.raw == []


def test_every_message_has_an_id_of_its_own() -> None:
    server = server_at(25)

    assert (
        compose(server, TO, "s", "b")["Message-ID"] != compose(server, TO, "s", "b")["Message-ID"]
    )
