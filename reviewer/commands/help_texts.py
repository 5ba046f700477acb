"""What `--help` says, in the operator's language.

Click reads the texts of help when a module is loaded, before anybody chose a language. So a program
is run as a copy of its commands, whose texts are looked up then. `make i18n` gathers them by
`tools/help_texts.py`, paragraph by paragraph: how a docstring is wrapped changes nothing.
"""

from collections.abc import Iterator
from copy import copy

import click
from flask_babel import gettext


def paragraphs(text: str) -> list[str]:
    """A text of help as click shows it, each paragraph on one line."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def texts_of(command: click.Command) -> Iterator[str]:
    """Every paragraph of the help of one command and of what it takes, in English."""
    for text in (command.help, *(getattr(each, "help", None) for each in command.params)):
        yield from paragraphs(text) if text else ()


def in_our_language(command: click.Command) -> click.Command:
    """A copy of a command, and of those below it, whose help is in the current language."""
    spoken = copy(command)
    spoken.help = _spoken(command.help)
    spoken.params = [_parameter(each) for each in command.params]
    if isinstance(command, click.Group) and isinstance(spoken, click.Group):
        below = command.commands.items()
        spoken.commands = {name: in_our_language(one) for name, one in below}
    return spoken


def _parameter(parameter: click.Parameter) -> click.Parameter:
    spoken = copy(parameter)
    if isinstance(spoken, click.Option | click.Argument):
        spoken.help = _spoken(spoken.help)
    if isinstance(spoken.type, click.Path):
        # "file" or "directory", which click's errors begin with.
        spoken.type = copy(spoken.type)
        spoken.type.name = gettext(spoken.type.name)
    return spoken


def _spoken(text: str | None) -> str | None:
    return "\n\n".join(map(gettext, paragraphs(text))) if text else text
