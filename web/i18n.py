"""Languages: the first path segment decides; `/` and error pages go by `Accept-Language`."""

import tomllib
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import Babel, get_locale

from web.catalogues import Catalogues

TRANSLATIONS = Path(__file__).parent / "translations"
# Code -> own name: which languages there are, and in what order, is data.
LANGUAGES: dict[str, str] = tomllib.loads((TRANSLATIONS / "languages.toml").read_text("utf-8"))
DEFAULT = "nl"

_WITHOUT_LANGUAGE = frozenset(
    {"choose_language", "healthz", "stylesheet", "files_script", "passkey_script", "wait_script"}
)


def configure(app: Flask) -> None:
    """Take `<language>` off every URL, put it on every link, and translate by it."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    Babel(app, locale_selector=_current_locale)
    # Instead of the one that Flask-Babel would make, which asks for the locale at every text.
    app.extensions["babel"].instance.domain_instance = Catalogues(domain="messages")
    app.context_processor(_texts_of_the_page)


def current_language() -> str:
    """The language of this request: one of `LANGUAGES`."""
    language = g.get("language")
    return language if language in LANGUAGES else preferred_language()


def locale_of(language: str) -> str:
    """The locale by whose dates and numbers one of `LANGUAGES` is written here."""
    # English dates are 23 November 2026, not November 23, 2026.
    return "en_GB" if language == "en" else language


def _current_locale() -> str:
    return locale_of(current_language())


def preferred_language() -> str:
    """The browser's first choice among ours; its country does not matter.

    Werkzeug's `best_match` would give someone who asks for `fr-BE, en;q=0.5` English.
    """
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
    return next((language for language in asked if language in LANGUAGES), DEFAULT)


def language_links() -> list[tuple[str, str, str]]:
    """(code, own name, address) of this page in every language.

    None on the answer to a POST: following a link away from it would lose what it shows.
    """
    if request.method != "GET" or request.endpoint is None or "language" not in g:
        return []
    arguments = dict(request.view_args or {})
    return [
        (code, name, url_for(request.endpoint, **{**arguments, "language": code}))
        for code, name in LANGUAGES.items()
    ]


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    # The factory gives every page the prefix; these have none.
    if endpoint.rpartition(".")[2] not in _WITHOUT_LANGUAGE:
        values.setdefault("language", current_language())


def _texts_of_the_page() -> dict[str, object]:
    locale = get_locale()
    return {
        "language": current_language(),
        "text_direction": locale.text_direction if locale else "ltr",
        "language_links": language_links(),
    }
