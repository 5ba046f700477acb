"""A question that is answered by yes or no, in the operator's language.

Click's own takes `y` and `n` only, whatever language it asks in.
"""

import click
from flask_babel import gettext


def confirm(question: str) -> None:
    """Ask before something is done; `y` and `n` of English count in every language.

    Raises:
        Abort: the answer is no, or nothing.
    """
    yes, no = gettext("Yes").lower(), gettext("No").lower()
    asked = f"{question} [{yes[0]}/{no[0].upper()}]"
    answer = ""
    while not (_means(answer, yes, "yes") or _means(answer, no, "no")):
        answer = click.prompt(asked, default=no, show_default=False).strip().lower()
    if _means(answer, no, "no"):
        raise click.Abort


def _means(answer: str, *words: str) -> bool:
    return any(answer in (word, word[0]) for word in words)
