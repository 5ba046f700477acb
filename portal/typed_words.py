"""Ten words that somebody typed: those of a receipt code, or those of a question to a service."""

from collections.abc import Callable

from wtforms import Form

from crypto.errors import UnknownWord, WrongWordCount
from crypto.receipt import ReceiptCode, read_code
from web.forms.fields import Words


def typed_words(
    form: Form, field: Words, explain: Callable[[UnknownWord | WrongWordCount], str]
) -> ReceiptCode | None:
    """The words in a field; None, with the reason beside it, where they cannot be any.

    Nothing here knows which words exist: only whether they could.
    """
    if not form.validate():
        return None
    try:
        return read_code(field.data or "")
    except (UnknownWord, WrongWordCount) as fault:
        field.errors = [explain(fault)]
        return None
