"""In which language the command line speaks, and how a command says something in it.

A command marks its texts as a view does, and whatever it raises or prints comes out in the
operator's language::

    from flask_babel import gettext as _, ngettext

    click.echo(_("the roster %(serial)s is in force", serial=serial))
    raise CommandFailed(_("no service has the id %(code)s", code=code))
    click.echo(ngettext("%(num)s case", "%(num)s cases", count))

The values come after the text, never within it (no f-string); a constant outside a function is
marked with `lazy_gettext`. `cases` knows no framework: what it raises is a `said(...)` of
`cases/saying.py`. Names of commands, options and settings, paths and codes stay as they are.
"""

import gettext as standard_gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask
from flask_babel import Babel

from web.i18n import LANGUAGES, TRANSLATIONS, locale_of

# As the manual page locale(7) orders them; ours comes first.
VARIABLES = ("ZEGEL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
# Of the source texts, and of a machine that was told no language (C, POSIX).
FALLBACK = "en"
_DOMAIN = "messages"


def chosen_language(environment: Mapping[str, str] = os.environ) -> str:
    """One of `LANGUAGES`: that of the first variable which is set, or else English."""
    named = next((found for name in VARIABLES if (found := environment.get(name))), "")
    code = named.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return code if code in LANGUAGES else FALLBACK


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block our texts, and click's own, are said in this language."""
    with _voice(language).app_context(), _click_speaks(language):
        yield


def _voice(language: str) -> Flask:
    # Serves nothing: it is where texts, labels and numbers find their language outside a request.
    app = Flask("zegel", static_folder=None)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, locale_selector=lambda: locale_of(language))
    return app


@contextmanager
def _click_speaks(language: str) -> Iterator[None]:
    """Click asks the standard library's gettext, which asks LANGUAGE before any other variable."""
    before, domain = os.environ.get("LANGUAGE"), standard_gettext.textdomain()
    standard_gettext.bindtextdomain(_DOMAIN, str(TRANSLATIONS))
    standard_gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        standard_gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before
