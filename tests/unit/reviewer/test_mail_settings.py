"""Which mail server the operator names, and what is refused before anything is sent."""

import pytest

from reviewer.mail_settings import Encryption, MailServer, mail_server
from web.settings import SettingsInvalid

SENDER = "office@zegel.example"


def named(url: str, sender: str = SENDER) -> MailServer | None:
    return mail_server({"ZEGEL_SMTP_URL": url, "ZEGEL_MAIL_FROM": sender})


def test_without_settings_there_is_no_mail() -> None:
    assert mail_server({}) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, Encryption.STARTTLS)),
        ("smtp://mail.example:2525", ("mail.example", 2525, Encryption.STARTTLS)),
        ("smtps://mail.example", ("mail.example", 465, Encryption.TLS)),
        ("smtps://localhost:999", ("localhost", 999, Encryption.TLS)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, Encryption.NONE)),
        ("smtp://[::1]:2525", ("::1", 2525, Encryption.NONE)),
        ("smtp://localhost", ("localhost", 25, Encryption.NONE)),
        ("smtp://127.0.0.1.example:25", ("127.0.0.1.example", 25, Encryption.STARTTLS)),
    ],
)
def test_only_loopback_is_reached_without_encryption(
    url: str, expected: tuple[str, int, Encryption]
) -> None:
    server = named(url)

    assert server is not None
    assert (server.host, server.port, server.encryption) == expected


def test_user_and_password_may_hold_any_character_and_are_never_shown() -> None:
    server = named("smtp://us%40er:p%2Fa%3Ass@mail.example")

    assert server is not None
    assert (server.user, server.password) == ("us@er", "p/a:ss")
    assert "p/a:ss" not in repr(server)
    assert "us@er" not in repr(server)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://mail.example", ""),
        ("", SENDER),
        ("mail.example", SENDER),
        ("http://user:secret@mail.example", SENDER),
        ("smtp://", SENDER),
        ("smtp://user:secret@mail.example:port", SENDER),
        ("smtp://user:secret@mail.example:99999", SENDER),
        ("smtp://user:secret@mail.example:0", SENDER),
        ("smtp://user:secret%C3%A9@mail.example", SENDER),
        ("smtp://mail.example", "the office"),
        ("smtp://mail.example", "a@b.example\nBcc: c@d.example"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_without_the_password(
    url: str, sender: str
) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        named(url, sender)

    assert "secret" not in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
