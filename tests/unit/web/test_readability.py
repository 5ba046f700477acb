"""What people read on the portal is plain in every language: measured, printed, with a floor."""

import re
from collections.abc import Callable

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.support.readability import PLAIN, readability, syllables
from web.i18n import LANGUAGES, TRANSLATIONS

SOURCE = "en"
# Where the texts of the portal stand.
PLACES = ("portal/", "web/forms/", "web/templates/zegel/intake/")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>|\{\w*\}")
SENTENCE = re.compile(r"[.!?]$")
OFFICIAL = (
    "Notwithstanding the aforementioned considerations, the competent administrative authority"
    " reserves the prerogative of determining the admissibility of communications received."
)


def texts_of_portal(language: str) -> list[str]:
    """Its sentences in a language; labels and buttons are no sentences."""
    folder = language if language != SOURCE else next(iter(LANGUAGES))
    with (TRANSLATIONS / folder / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    said = [said_in(language, message) for message in catalogue if message.id and is_shown(message)]
    return [PLACEHOLDER.sub("X", text) for text in said if SENTENCE.search(text)]


def is_shown(message: Message) -> bool:
    return any(path.startswith(PLACES) for path, _ in message.locations)


def said_in(language: str, message: Message) -> str:
    text = message.id if language == SOURCE else message.string
    return str(text if isinstance(text, str) else text[-1]).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_portal_speaks_plainly(
    language: str, record_property: Callable[[str, object], None]
) -> None:
    measured = readability(language, texts_of_portal(language))
    record_property("printed", f"readability of the portal, {measured.line}")

    assert measured.texts > 300
    assert measured.flesch >= PLAIN, measured.line
    assert measured.words_a_sentence < 12, measured.line


def test_official_language_is_found_out() -> None:
    assert readability("en", [OFFICIAL]).flesch < 0


@pytest.mark.parametrize(
    ("word", "count"),
    [("case", 2), ("klacht", 1), ("klachten", 2), ("Beschwerde", 3), ("médiateur", 3), ("nr", 1)],
)
def test_a_syllable_is_a_run_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count
