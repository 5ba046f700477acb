"""Reading the parts of `look.toml`: each is taken whole or refused with one line."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from flask_babel import gettext as _

from web.i18n import LANGUAGES
from web.look.colours import Colour, parse
from web.look.palette import SETTABLE, Scheme
from web.settings import SettingsInvalid

FILE_NAME = "look.toml"
LONGEST_LINE = 200
LONGEST_PARAGRAPH = 600
MOST_LINES = 8

Value = TypeVar("Value")


class LookInvalid(SettingsInvalid):
    """`look.toml` or the logo beside it cannot be used; the text is one line for the operator."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{FILE_NAME}: {said}")


def table(value: object, where: str, known: tuple[str, ...]) -> Mapping[str, object]:
    """A table with none but the known keys; a missing one is an empty one."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise LookInvalid(_("%(where)s must be a table", where=where))
    for key in value:
        if key not in known:
            names = ", ".join(known)
            raise LookInvalid(
                _("%(where)s has no %(key)s; it has %(names)s", where=where, key=key, names=names)
            )
    return value


def in_each_language(
    value: object, where: str, read: Callable[[object, str], Value]
) -> Mapping[str, Value]:
    """One value for each language: a page without it in one language would look broken."""
    given = table(value, where, tuple(LANGUAGES))
    missing = [language for language in LANGUAGES if language not in given]
    if given and missing:
        codes = ", ".join(missing)
        raise LookInvalid(_("%(where)s is missing in %(codes)s", where=where, codes=codes))
    return {language: read(each, f"{where}.{language}") for language, each in given.items()}


def line(value: object, where: str) -> str:
    """A short text on one line."""
    return _text(value, where, LONGEST_LINE)


def paragraph(value: object, where: str) -> str:
    """A few sentences."""
    return _text(value, where, LONGEST_PARAGRAPH)


def lines(value: object, where: str) -> tuple[str, ...]:
    """A few lines, such as an address."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_LINES:
        raise LookInvalid(
            _("%(where)s must be a list of 1 to %(most)s lines", where=where, most=MOST_LINES)
        )
    return tuple(line(each, where) for each in value)


def address(value: object, where: str) -> str:
    """The address of a site, which people open from the portal."""
    typed = line(value, where)
    if not _is_address(typed):
        raise LookInvalid(
            _("%(where)s must be an address such as https://name.example", where=where)
        )
    return typed


def colours(value: object) -> dict[Scheme, dict[str, Colour]]:
    """The colours that are set, for light and for dark pages."""
    given = table(value, "colours", tuple(Scheme))
    return {
        scheme: {
            name: _colour(each, f"colours.{scheme}.{name}")
            for name, each in table(given.get(scheme), f"colours.{scheme}", SETTABLE).items()
        }
        for scheme in Scheme
    }


def _colour(value: object, where: str) -> Colour:
    found = parse(value) if isinstance(value, str) else None
    if found is None:
        raise LookInvalid(_('%(where)s must be a colour such as "#0b4a52"', where=where))
    return found


def _text(value: object, where: str, longest: int) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if not text or not text.isprintable():
        raise LookInvalid(_("%(where)s must be text on one line", where=where))
    if len(text) > longest:
        raise LookInvalid(
            _(
                "%(where)s has %(count)s characters; at most %(most)s fit",
                where=where,
                count=len(text),
                most=longest,
            )
        )
    return text


def _is_address(typed: str) -> bool:
    """Over TLS, or inside an onion's own encryption."""
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    scheme = "http" if host.endswith(".onion") else "https"
    return parts.scheme == scheme and "." in host and port != 0 and not {"@", " "} & set(typed)
