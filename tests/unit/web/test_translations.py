"""Every text in every language: nothing missing, nothing fuzzy, every placeholder kept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from web.i18n import LANGUAGES, TRANSLATIONS

ROOT = TRANSLATIONS.parents[1]
# English is the language of the source texts.
TRANSLATED = sorted(set(LANGUAGES) - {"en"})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*(?:!r)?\}|<[^>]+>")


def catalog(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The source forms and the translated forms of a message."""
    source = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    target = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return source, target


def key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the code and the templates say at this moment."""
    target = tmp_path_factory.mktemp("texts") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    command += ["-F", "babel.cfg", "-k", "lazy_gettext", "-k", "lazy_pgettext:1c,2", "-k", "said"]
    command += ["-o", str(target), "."]
    subprocess.run(command, cwd=ROOT, check=True)
    with target.open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str, extracted: Catalog) -> None:
    there = {key(message): message for message in catalog(language) if message.id}

    missing = [
        found
        for message in extracted
        if message.id and ((found := key(message)) not in there or not all(texts(there[found])[1]))
    ]

    assert not missing, f"{len(missing)} texts lack {language}; make i18n gathers them"


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess_or_left_over(language: str, extracted: Catalog) -> None:
    said = {key(message) for message in extracted if message.id}
    messages = [message for message in catalog(language) if message.id]

    assert [key(message) for message in messages if message.fuzzy] == []
    assert [key(message) for message in messages if key(message) not in said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_placeholder_survives(language: str) -> None:
    differing = []
    for message in catalog(language):
        source, target = texts(message)
        if not message.id or not any(target):
            continue
        expected = set(PLACEHOLDER.findall(source[-1]))
        differing += [key(message) for form in target if set(PLACEHOLDER.findall(form)) != expected]
    assert differing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_a_form_for_each_of_its_plurals(language: str) -> None:
    plurals = catalog(language).num_plurals
    for message in catalog(language):
        if isinstance(message.id, (list, tuple)):
            assert len(message.string) == plurals, key(message)


def test_the_texts_are_found(extracted: Catalog) -> None:
    """Guards the others, which would find nothing wrong with no texts at all."""
    places = {location[0].split("/")[0] for message in extracted for location in message.locations}
    assert places == {"cases", "web", "portal", "reviewer"}
    assert len(extracted) > 500


def test_every_language_has_its_catalogue() -> None:
    folders = {path.name for path in Path(TRANSLATIONS).iterdir() if path.is_dir()}
    assert folders == set(TRANSLATED)
