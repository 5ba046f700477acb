"""The reference page of settings and commands names every command there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from reviewer.commands import main

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def _commands(command: click.Command, words: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from _commands(one, f"{words} {name}")
    else:
        yield words


def test_every_command_stands_on_the_page() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")

    missing = [words for words in _commands(main, "zegel") if not re.search(f"`{words}[` ]", page)]

    assert missing == []
