"""What the two people who let a question out look at: who is named in it, and what could name.

The sealed identity of somebody who reported is never needed for this. What the office knows in the
clear is used: everything the person wrote, and a complainant's own name where it is withheld.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum

from cases.domain.case_file import CaseFile
from cases.domain.day_words import day_in_words
from cases.domain.details import Consultation
from cases.domain.facts import ComplainantIdentity, Facts, ReportFacts
from cases.domain.identifying import Point, points
from cases.domain.reference import ReferenceData

# Answers that are a code of a public list, in a field that holds text.
_CODES = frozenset({"authority", "language"})


def service_name(asked: Consultation, rules: ReferenceData, language: str) -> str:
    """The service that is asked, as it is called in a language."""
    known = rules.authority(asked.service)
    return known.name(language) if known else asked.service_other


def concerned(file: CaseFile) -> str:
    """The name that the service may read; empty where it must not learn one."""
    if file.identity_withheld or isinstance(file.facts, ReportFacts):
        return ""
    return file.facts.identity.name.strip()


def own_texts(facts: Facts | ComplainantIdentity) -> tuple[str, ...]:
    """Everything that a person typed into the form."""
    return tuple(_texts(facts))


def identifying_points(
    asked: Consultation, file: CaseFile, messages: Sequence[str], known: Sequence[str]
) -> tuple[Point, ...]:
    """What in a question could tell who the person is.

    Args:
        asked: the question.
        file: of the case.
        messages: what the person wrote after the form.
        known: names that say nothing: services, the office.
    """
    language = asked.language or file.facts.language
    found = points(
        asked.question,
        language,
        own_words=(*own_texts(file.facts), *messages),
        known=known,
        marked=(*asked.marked, *_withheld(file.facts)),
    )
    # The day by which we want an answer is our own, and stands in every question.
    ours = day_in_words(asked.due_on, language)
    return tuple(point for point in found if asked.question[point.start : point.end] != ours)


def public_names(rules: ReferenceData, office: str) -> tuple[str, ...]:
    """Names that point to nobody: the office and every public service, in each language."""
    services = (name for each in rules.authorities for _language, name in each.names)
    return (office, *services)


def _withheld(facts: Facts) -> tuple[str, ...]:
    return () if isinstance(facts, ReportFacts) else own_texts(facts.identity)


def _texts(value: object) -> Iterator[str]:
    if not is_dataclass(value):
        return
    for each in fields(value):
        held = getattr(value, each.name)
        if isinstance(held, str) and not isinstance(held, StrEnum) and each.name not in _CODES:
            yield from filter(None, (held.strip(),))
        else:
            yield from _texts(held)
