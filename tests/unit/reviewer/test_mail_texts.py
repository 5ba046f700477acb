"""What colleagues read in a mail: a number, and where to look."""

import re
from collections.abc import Callable

import pytest

from reviewer.mail_texts import MailText, custody_text, reminder_text
from web.i18n import LANGUAGES


@pytest.mark.parametrize("language", [*LANGUAGES, "xx", ""])
@pytest.mark.parametrize("waiting", [1, 2, 41])
@pytest.mark.parametrize("text_of", [reminder_text, custody_text])
def test_the_mail_says_how_many_and_nothing_else(
    text_of: Callable[[int, str], MailText], language: str, waiting: int
) -> None:
    text = text_of(waiting, language)

    assert re.findall(r"\d+", text.body) == [str(waiting)]
    assert text.subject
    assert "\n" not in text.subject
    for link in ("http", "www", "://", "@"):
        assert link not in text.subject + text.body


def test_one_reminder_is_not_many() -> None:
    assert "1 reminder waits" in reminder_text(1, "en").body
    assert "2 reminders wait" in reminder_text(2, "en").body


def test_each_reader_finds_her_language_where_the_office_has_several() -> None:
    both = reminder_text(2, "nl fr")
    dutch, french = (reminder_text(2, language) for language in ("nl", "fr"))

    assert both.subject == f"{dutch.subject} / {french.subject}"
    assert both.body.startswith(dutch.body)
    assert both.body.endswith(french.body)


def test_a_language_that_stands_there_twice_is_said_once() -> None:
    assert reminder_text(2, "nl nl") == reminder_text(2, "nl")
