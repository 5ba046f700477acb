"""Which failure ends a command with exit status 1 and which words: one table, no traceback."""

from collections.abc import Callable
from typing import Any

import click
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from cases.errors import CasesError, Refused, RowRefused, SessionEnded, StaleCase
from cases.saying import Said, why
from crypto.errors import CryptoError, RosterRejected, SharesRejected
from reviewer.commands.help_texts import in_our_language
from reviewer.commands.language import chosen_language, speaking
from reviewer.commands.words import words_of
from reviewer.demonstration.founding import DemonstrationBroken
from reviewer.processes import PortBusy, ServerDied, ServerMissing
from web.labels import text_of
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
            return click.Group.main(in_our_language(self), *args, **kwargs)

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


def _refused(failure: Exception) -> str:
    assert isinstance(failure, Refused)  # noqa: S101 - by the table below
    return str(text_of(failure.reason))


def _row(failure: Exception) -> str:
    assert isinstance(failure, RowRefused)  # noqa: S101 - by the table below
    return row_refusal(failure)


def row_refusal(failure: RowRefused) -> str:
    """What is wrong with a row of reference data, and in which column."""
    why = str(text_of(failure.problem))
    return (
        _("column %(column)s: %(why)s", column=failure.column, why=why) if failure.column else why
    )


def _roster(failure: Exception) -> str:
    assert isinstance(failure, RosterRejected)  # noqa: S101 - by the table below
    return _("the roster cannot be verified (%(why)s)", why=words_of(failure.reason))


def _shares(failure: Exception) -> str:
    assert isinstance(failure, SharesRejected)  # noqa: S101 - by the table below
    return words_of(failure.reason)


def _shut(failure: Exception) -> str:
    return _("something does not open (%(kind)s)", kind=type(failure).__name__)


def _system(failure: Exception) -> str:
    assert isinstance(failure, OSError)  # noqa: S101 - by the table below
    where = f": {failure.filename}" if failure.filename else ""
    return f"{translated(why(failure))}{where}"


def _always(words: LazyString) -> Callable[[Exception], str]:
    return lambda failure: str(words)


# The first that fits; a class stands before the one that it belongs to.
_WORDS: dict[type[Exception], Callable[[Exception], str]] = {
    CommandFailed: _text,
    DemonstrationBroken: _text,
    PortBusy: _text,
    ServerDied: _text,
    ServerMissing: _text,
    SettingsInvalid: _text,
    RosterRejected: _roster,
    SharesRejected: _shares,
    Refused: _refused,
    RowRefused: _row,
    SessionEnded: _always(lazy_gettext("the session has ended, try again")),
    StaleCase: _always(lazy_gettext("a case changed meanwhile: run the command again")),
    CasesError: _text,
    CryptoError: _shut,
    OSError: _system,
}
