"""Which failure ends a command with exit status 1 and which words: one table, no traceback."""

from collections.abc import Callable
from typing import Any

import click

from cases.errors import CasesError, SessionEnded
from cases.saying import Said
from crypto.errors import CryptoError, RosterRejected
from reviewer.commands.language import chosen_language, speaking
from reviewer.demonstration.founding import DemonstrationBroken
from reviewer.processes import PortBusy, ServerDied, ServerMissing
from web.saying import translated
from web.settings import SettingsInvalid


class CommandFailed(Exception):
    """The command cannot do its work; the text is one line for the operator."""


def in_words(failure: Exception) -> str | None:
    """One line for the operator, or None for a failure that nobody foresaw."""
    for kind, words in _WORDS.items():
        if isinstance(failure, kind):
            return words(failure)
    return None


class Commands(click.Group):
    """A group whose commands end in one clear line when they fail, in the operator's language."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program."""
        with speaking(chosen_language()):
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command. Raises ClickException: exit status 1."""
        try:
            return super().invoke(ctx)
        except Exception as failure:
            words = in_words(failure)
            if words is None:
                raise
            raise click.ClickException(words) from None


def _text(failure: Exception) -> str:
    told = failure.args[0] if failure.args else ""
    return translated(told) if isinstance(told, Said) else str(failure) or type(failure).__name__


def _system(failure: Exception) -> str:
    assert isinstance(failure, OSError)  # noqa: S101 - by the table below
    where = f": {failure.filename}" if failure.filename else ""
    return f"{failure.strerror or failure}{where}"


_WORDS: dict[type[Exception], Callable[[Exception], str]] = {
    CommandFailed: _text,
    DemonstrationBroken: _text,
    PortBusy: _text,
    ServerDied: _text,
    ServerMissing: _text,
    SettingsInvalid: _text,
    RosterRejected: lambda failure: f"the roster cannot be verified ({_text(failure)})",
    SessionEnded: lambda _: "the session has ended, try again",
    CasesError: _text,
    CryptoError: lambda failure: f"something does not open ({type(failure).__name__})",
    OSError: _system,
}
