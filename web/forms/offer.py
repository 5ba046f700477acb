"""What the questions offer, in one language on one day: services, breaches, retaliations.

It comes from the reference data, which the office changes, and not from the code.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from cases.domain.facts import AUTHORITY_OTHER, AUTHORITY_UNKNOWN
from cases.domain.reference import Coded, ReferenceData
from web.forms.fields import Option, grouped, options
from web.labels import text_of

_BRACKETS = re.compile(r"\(([^)]*)\)")
_DIVIDERS = re.compile(r"[-/,]")


@dataclass(frozen=True)
class Offer:
    """The reference data as a form shows it to one person."""

    known: ReferenceData
    language: str
    today: date
    # Of the office, as (id in hexadecimal, name): whom somebody may want to keep away.
    people: tuple[tuple[str, str], ...] = ()

    def service_menu(self) -> list[Any]:
        """No choice, 'I do not know', 'another one', then every service under its level."""
        general: list[Option] = [
            ("", _("Choose a service")),
            (AUTHORITY_UNKNOWN, _("I don't know")),
            (AUTHORITY_OTHER, _("Another service, not in this list")),
        ]
        services = [
            (text_of(level), sorted(self._named(of_level), key=_by_name))
            for level, of_level in self.known.authorities_by_level(self.today).items()
        ]
        return [*options(general), *grouped(services)]

    def service_names(self) -> list[str]:
        """The name of every service, for a browser that suggests while somebody types."""
        levels = self.known.authorities_by_level(self.today).values()
        names = [name for of_level in levels for _id, name in self._named(of_level)]
        return sorted(map(str, names), key=str.casefold)

    def service_called(self, typed: str) -> str | None:
        """The id of the one service with this name, or its short name, in any language.

        None for any other name, and for one that several services share.
        """
        wanted = _folded(typed)
        levels = self.known.authorities_by_level(self.today).values()
        found = {
            service.id
            for of_level in levels
            for service in of_level
            for _language, name in service.names
            if wanted in _spellings(name)
        }
        return found.pop() if len(found) == 1 else None

    def breaches(self) -> list[Option]:
        """The kinds of breach that can be reported."""
        return self._codes(self.known.breaches_on(self.today))

    def retaliations(self) -> list[Option]:
        """The forms of retaliation that the law names."""
        return self._codes(self.known.retaliations_on(self.today))

    def explanations(self, coded: Iterable[Coded]) -> dict[str, str]:
        """What each code means, where its words alone do not say it."""
        explained = {each.code: each.explanation(self.language) for each in coded}
        return {code: text for code, text in explained.items() if text}

    def words(self, coded: Iterable[Coded], codes: Iterable[str]) -> tuple[str, ...]:
        """The words of codes that were chosen, also of one that is no longer offered."""
        names = {each.code: each.name(self.language) for each in coded}
        return tuple(names.get(code, code) for code in codes)

    def service_name(self, authority: str) -> str:
        """The name of a service; its id where the register no longer knows it."""
        known = self.known.authority(authority)
        return known.name(self.language) if known else authority

    def people_called(self, ids: Iterable[bytes]) -> tuple[str, ...]:
        """The names of people of the office, by name; of one who left, that they did."""
        names, gone = dict(self.people), str(_("Somebody who has left the office"))
        return tuple(sorted(names.get(each.hex(), gone) for each in ids))

    def _named(self, services: Iterable[Any]) -> list[Option]:
        return [(service.id, service.name(self.language)) for service in services]

    def _codes(self, coded: Iterable[Coded]) -> list[Option]:
        return [(each.code, each.name(self.language)) for each in coded]


def _by_name(option: Option) -> str:
    return str(option[1]).casefold()


def _spellings(name: str) -> set[str]:
    """A name as people type it: whole, without its brackets, and what stands in them.

    "Brussels transport company (STIB-MIVB)" is also typed as "STIB" and as "MIVB".
    """
    bracketed = _BRACKETS.findall(name)
    short = [part for text in bracketed for part in (text, *_DIVIDERS.split(text))]
    return {_folded(each) for each in (name, _BRACKETS.sub(" ", name), *short)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
