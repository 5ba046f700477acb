"""What every form offers: words for the domain's codes, the languages."""

from collections.abc import Iterable
from enum import StrEnum

from web.forms.fields import Option
from web.i18n import LANGUAGES
from web.labels import text_of

LANGUAGE_OPTIONS: tuple[Option, ...] = tuple(LANGUAGES.items())


def options_of(codes: Iterable[StrEnum]) -> list[Option]:
    """Each code with its words."""
    return [(code.value, text_of(code)) for code in codes]
