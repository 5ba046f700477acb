"""A day written out in a language, as a letter writes it: 23 November 2026.

The pages let Babel do this; letters are made of rules and data alone, also where no page is.
"""

from datetime import date

_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_MARKS = {"de": "."}


def day_in_words(day: date, language: str) -> str:
    """The day with its month in words; English where the language is unknown."""
    months = _MONTHS.get(language, _MONTHS["en"]).split()
    number = "1er" if (language, day.day) == ("fr", 1) else f"{day.day}{_MARKS.get(language, '')}"
    return f"{number} {months[day.month - 1]} {day.year}"
