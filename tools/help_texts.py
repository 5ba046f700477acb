"""For Babel: the texts that `--help` shows, beside those that the code of a command marks.

They stand in docstrings and in options, unmarked, because click reads them when a module is loaded.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import click
from babel.messages.extract import extract_python

from reviewer import commands
from reviewer.commands.help_texts import texts_of

Found = tuple[int, str | None, str | tuple[str, ...], list[str]]
# The program itself is no function: its text stands in the package.
PROGRAM = Path(commands.__file__)


def extract(
    file: BinaryIO,
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Found]:
    """What Babel's own extractor finds in a file of commands, then the help of its commands."""
    # The names of Babel's types are its own.
    yield from extract_python(file, keywords, comment_tags, options)  # type: ignore[arg-type, misc]
    for command in _every(commands.main):
        if _file_of(command).resolve() == Path(file.name).resolve():
            for text in texts_of(command):
                yield _line_of(command), None, text, []


def _every(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _every(one)


def _file_of(command: click.Command) -> Path:
    return Path(command.callback.__code__.co_filename) if command.callback else PROGRAM


def _line_of(command: click.Command) -> int:
    return command.callback.__code__.co_firstlineno if command.callback else 1
