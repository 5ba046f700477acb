"""What was wrong with a typed receipt code, in words."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crypto.errors import UnknownWord, WrongWordCount

WRONG_CODE = _(
    "No mailbox opens with these ten words. Check each word and the order. If you deleted the "
    "mailbox, its code no longer opens anything."
)


def unreadable_code(fault: UnknownWord | WrongWordCount) -> str:
    """What to check in a code that cannot be one; nothing here knows which codes exist."""
    if isinstance(fault, UnknownWord):
        text = gettext(
            "Word %(position)s, “%(word)s”, is in none of our word lists. Check how it is spelled.",
            position=fault.position,
            word=fault.word,
        )
    else:
        text = gettext("A receipt code has ten words. You typed %(count)s.", count=fault.count)
    return str(text)
