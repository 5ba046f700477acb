"""What the questions offer: words for the domain's codes, services by level, languages."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.registry import by_level
from web.forms.fields import Option, grouped, options
from web.i18n import LANGUAGES
from web.labels import text_of

LANGUAGE_OPTIONS: tuple[Option, ...] = tuple(LANGUAGES.items())


def options_of(codes: Iterable[StrEnum]) -> list[Option]:
    """Each code with its words."""
    return [(code.value, text_of(code)) for code in codes]


def service_options(language: str) -> list[Any]:
    """No choice, 'I do not know', 'another one', then every service under its level."""
    general: list[Option] = [
        ("", _("Choose a service")),
        (AUTHORITY_UNKNOWN, _("I don't know")),
        (AUTHORITY_OTHER, _("Another service, not in this list")),
    ]
    services = [
        (text_of(level), sorted(_named(level_services, language), key=_by_name))
        for level, level_services in by_level().items()
    ]
    return [*options(general), *grouped(services)]


def _named(services: Iterable[Any], language: str) -> list[Option]:
    return [(service.id, service.name(language)) for service in services]


def _by_name(option: Option) -> str:
    return str(option[1]).casefold()
