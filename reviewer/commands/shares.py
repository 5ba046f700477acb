"""Shares of the recovery key: asked for one by one and never shown, or shown one by one.

They come from a terminal, where nothing of them appears, or from the lines of standard input. They
are never arguments: those stay in the shell's history and in the list of processes.
"""

import sys
from collections.abc import Sequence

import click
from flask_babel import gettext as _

from crypto.errors import SharesRejected
from crypto.secret_sharing import ShareLabel, label, unknown_word
from reviewer.commands.failures import CommandFailed

WORDS = 33


def ask_for_shares() -> tuple[str, ...]:
    """As many shares as the first one says that it takes.

    Raises:
        CommandFailed: standard input, which is no terminal, holds too few, or one that does not
            fit. At a terminal the same share is asked for again.
    """
    kept: dict[ShareLabel, str] = {}
    while not kept or len(kept) < _first(kept).needed:
        number = len(kept) + 1
        try:
            share = _typed(number) if sys.stdin.isatty() else _line(number, kept)
            kept[_fitting(share, number, kept)] = share
        except CommandFailed as refusal:
            if not sys.stdin.isatty():
                raise
            click.echo(_("Not taken: %(refusal)s.", refusal=refusal), err=True)
        else:
            click.echo(
                _(
                    "Share %(number)s of %(needed)s is complete.",
                    number=number,
                    needed=_first(kept).needed,
                )
            )
    return tuple(kept.values())


def show_shares(shares: Sequence[str]) -> None:
    """One after the other: at a terminal each goes before the next one comes."""
    total = len(shares)
    for number, share in enumerate(shares, start=1):
        if number > 1 and sys.stdin.isatty():
            click.pause(
                "\n"
                + _(
                    "Press a key when share %(number)s is written down and out of sight.",
                    number=number - 1,
                )
            )
            click.clear()
        click.echo(
            "\n" + _("Share %(number)s of %(total)s:", number=number, total=total) + f"\n  {share}"
        )


def _first(kept: dict[ShareLabel, str]) -> ShareLabel:
    return next(iter(kept))


def _typed(number: int) -> str:
    """Word by word, so that a mistyped one is said at once; several on a line are fine."""
    words: list[str] = []
    while len(words) < WORDS:
        asked = _asked(number, len(words) + 1)
        for word in str(click.prompt(asked, hide_input=True)).split():
            if unknown_word(word):
                click.echo(
                    _(
                        "No share has the word that you typed as word %(number)s.",
                        number=len(words) + 1,
                    )
                )
                break
            words.append(word)
    return " ".join(words)


def _asked(number: int, word: int) -> str:
    return _(
        "Share %(number)s, word %(word)s of %(words)s (nothing appears)",
        number=number,
        word=word,
        words=WORDS,
    )


def _line(number: int, kept: dict[ShareLabel, str]) -> str:
    line = sys.stdin.readline().strip()
    if line:
        return line
    if not kept:
        raise CommandFailed(_("share %(number)s is missing: none was given", number=number))
    raise CommandFailed(
        _(
            "share %(number)s is missing: %(needed)s are needed",
            number=number,
            needed=_first(kept).needed,
        )
    )


def _fitting(share: str, number: int, kept: dict[ShareLabel, str]) -> ShareLabel:
    """The label of a share that goes with the others. No message holds a word of it."""
    unknown = unknown_word(share)
    if unknown:
        raise CommandFailed(
            _(
                "share %(number)s: word %(unknown)s is in no list of words of shares",
                number=number,
                unknown=unknown,
            )
        )
    try:
        found = label(share)
    except SharesRejected:
        raise CommandFailed(
            _("share %(number)s: a word is wrong, left out or in another's place", number=number)
        ) from None
    if kept and found.family != _first(kept).family:
        raise CommandFailed(_("share %(number)s is of another set than share 1", number=number))
    if found in kept:
        raise CommandFailed(_("share %(number)s was given already", number=number))
    return found
