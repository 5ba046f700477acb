from email.message import EmailMessage

from inspection.findings import About, Words
from inspection.formats.mail import MAIL


def message(text: str = "We met on Monday.", html: str | None = None) -> bytes:
    mail = EmailMessage()
    mail["Received"] = "from desk (192.0.2.7) by mx.example; Mon, 2 Mar 2026 10:00:00 +0100"
    mail["From"] = "Jan <jan@example.org>"
    mail["To"] = "office@example.org"
    mail["Bcc"] = "friend@example.org"
    mail["Subject"] = "Ménage"
    mail["Date"] = "Mon, 02 Mar 2026 10:00:00 +0100"
    mail["Message-ID"] = "<1@jans-laptop>"
    mail["X-Originating-IP"] = "[192.0.2.7]"
    mail["X-Mailer"] = "Mailer 1"
    if html is None:
        mail.set_content(text)
    else:
        mail.set_content(html, subtype="html")
    mail.add_attachment(b"12345", maintype="image", subtype="png", filename="proof.png")
    return mail.as_bytes()


def shown(data: bytes) -> str:
    page = MAIL.page(data, 0)
    assert isinstance(page, Words)
    return page.text


def test_headers_tell_who_when_where_and_with_what() -> None:
    told = {(row.about, row.name): row.value for row in MAIL.hidden(message())}

    assert told[About.PERSON, "Bcc"] == "friend@example.org"
    assert told[About.DEVICE, "Message-ID"] == "<1@jans-laptop>"
    assert told[About.DEVICE, "X-Originating-IP"] == "[192.0.2.7]"
    assert "192.0.2.7" in told[About.DEVICE, "Received"]
    assert told[About.SOFTWARE, "X-Mailer"] == "Mailer 1"
    assert told[About.PLACE, "time zone"] == "+0100"
    assert told[About.EMBEDDED, "attachment"] == "proof.png (5 bytes)"


def test_a_message_is_shown_with_its_headers_text_and_attachments() -> None:
    text = shown(message())

    assert "From: Jan <jan@example.org>\n" in text
    assert "Subject: Ménage\n" in text
    assert "We met on Monday." in text
    assert "[proof.png (5 bytes)]" in text
    assert "friend@example.org" not in text


def test_html_is_shown_as_text_without_its_scripts() -> None:
    text = shown(message(html="<style>p{}</style><p>One &amp;<br>two<script>bad()</script></p>"))

    assert "One &\ntwo" in text
    assert "bad" not in text
    assert "<p>" not in text


def test_no_cleaned_copy_of_a_message_is_made() -> None:
    assert MAIL.cleaned(message()) is None


def test_broken_messages_are_shown_as_far_as_they_go() -> None:
    assert "Hello" in shown(b"Subject: x\nContent-Type: text/plain; charset=no-such\n\nHello")
    assert MAIL.pages(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--x") == 1
    assert MAIL.pages(b"") == 1
    assert MAIL.pages(b"To: " + b"(" * 500 + b"\n\n") == 1
