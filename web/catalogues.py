"""The translations of this page's language, looked up once for each page and not for each text."""

from babel.support import NullTranslations
from flask import g
from flask_babel import Domain, get_locale  # type: ignore[attr-defined]  # stubs are behind


class Catalogues(Domain):  # type: ignore[misc]  # see the import
    """Flask-Babel's catalogues. A form has some two hundred texts, and asking for each of them
    which language the page is in took more time than the texts themselves."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of this page's locale, or of the one a letter is written in."""
        locale = get_locale()
        if locale is None:
            return NullTranslations()
        # One page, one locale: the same object each time, unless a letter is written in another.
        known: tuple[object, NullTranslations] | None = g.get("catalogue")
        if known is None or known[0] is not locale:
            found: NullTranslations = super().get_translations()
            known = g.catalogue = (locale, found)
        return known[1]
