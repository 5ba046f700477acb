"""Where a message to the person, or a notice to the public service, starts from.

The texts are the office's letter templates. The investigator edits the draft before it is sent;
parts that only she can write stand between `[…` and `…]`, and a text that still has such a gap is
not sent.
"""

from cases.domain.flows import Flow
from cases.domain.letters import Audience, LetterFields, has_gap, render
from cases.queries.letters import letters
from web.database import db

__all__ = ["first_draft", "has_gap"]

_NOTHING_KNOWN = LetterFields()


def first_draft(
    flow: Flow,
    step: str,
    language: str,
    values: LetterFields = _NOTHING_KNOWN,
    audience: Audience = Audience.PERSON,
    later: frozenset[str] = frozenset(),
) -> str:
    """The text that a step starts from; empty where it has none.

    Args:
        flow: of the case.
        step: an action, or `consultation_` and a kind of consultation.
        language: the reader's.
        values: what the case says; what is not known becomes a gap.
        audience: who reads it.
        later: placeholders that `cases.domain.letters.fill_later` fills when the step is taken.
    """
    template = letters(db()).letter(flow, step, audience)
    return render(template, language, values, later) if template else ""
