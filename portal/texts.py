"""What was wrong with a typed receipt code, or with a service's ten words, in words."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crypto.errors import UnknownWord, WrongWordCount

WRONG_CODE = _(
    "No mailbox opens with these ten words. Check each word and the order. If you deleted the "
    "mailbox, its code no longer opens anything."
)

# The same for words that never opened anything and for a question that is no longer asked.
WRONG_WORDS = _(
    "Nothing opens here with these ten words. Check each word and the order, and that you opened "
    "the link that belongs to them. A question that was answered or withdrawn opens no more."
)


def unreadable_words(fault: UnknownWord | WrongWordCount) -> str:
    """What to check in words that cannot be those of a consultation."""
    if isinstance(fault, WrongWordCount):
        return str(gettext("Ten words are needed. You typed %(count)s.", count=fault.count))
    return unreadable_code(fault)


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
