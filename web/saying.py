"""What `cases` says in English, in the language of the page or of the command line."""

from flask_babel import gettext

from cases.saying import Said


def translated(text: Said) -> str:
    """The text in the current language, with its values."""
    values = {
        name: translated(value) if isinstance(value, Said) else value
        for name, value in text.values.items()
    }
    return gettext(text.template, **values)
