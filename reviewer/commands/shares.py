"""Shares of the recovery key: asked for one by one and never shown, or shown one by one.

They come from a terminal, where nothing of them appears, or from the lines of standard input. They
are never arguments: those stay in the shell's history and in the list of processes.
"""

import sys
from collections.abc import Sequence

import click

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
            click.echo(f"Not taken: {refusal}.", err=True)
        else:
            click.echo(f"Share {number} of {_first(kept).needed} is complete.")
    return tuple(kept.values())


def show_shares(shares: Sequence[str]) -> None:
    """One after the other: at a terminal each goes before the next one comes."""
    total = len(shares)
    for number, share in enumerate(shares, start=1):
        if number > 1 and sys.stdin.isatty():
            click.pause(f"\nPress a key when share {number - 1} is written down and out of sight.")
            click.clear()
        click.echo(f"\nShare {number} of {total}:\n  {share}")


def _first(kept: dict[ShareLabel, str]) -> ShareLabel:
    return next(iter(kept))


def _typed(number: int) -> str:
    """Word by word, so that a mistyped one is said at once; several on a line are fine."""
    words: list[str] = []
    while len(words) < WORDS:
        asked = f"Share {number}, word {len(words) + 1} of {WORDS} (nothing appears)"
        for word in str(click.prompt(asked, hide_input=True)).split():
            if unknown_word(word):
                click.echo(f"No share has the word that you typed as word {len(words) + 1}.")
                break
            words.append(word)
    return " ".join(words)


def _line(number: int, kept: dict[ShareLabel, str]) -> str:
    line = sys.stdin.readline().strip()
    if line:
        return line
    wanted = f"{_first(kept).needed} are needed" if kept else "none was given"
    raise CommandFailed(f"share {number} is missing: {wanted}")


def _fitting(share: str, number: int, kept: dict[ShareLabel, str]) -> ShareLabel:
    """The label of a share that goes with the others. No message holds a word of it."""
    unknown = unknown_word(share)
    if unknown:
        raise CommandFailed(f"share {number}: word {unknown} is in no list of words of shares")
    try:
        found = label(share)
    except SharesRejected:
        raise CommandFailed(
            f"share {number}: a word is wrong, left out or in another's place"
        ) from None
    if kept and found.family != _first(kept).family:
        raise CommandFailed(f"share {number} is of another set than share 1")
    if found in kept:
        raise CommandFailed(f"share {number} was given already")
    return found
