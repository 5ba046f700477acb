"""Where messages and letters start from: a text for each step, reader and language, with gaps.

The texts are data (`cases/data/letters`), and the office's own words win over them. A text may hold
`{reference}` and the other names of `LetterFields`, and nothing else between braces: no attribute,
index or format, so that no template can reach further into the program than these values. Filling
is one pass, so what a value says is never read as a template. What the case does not know becomes
a gap `[… …]`, and a text that still has one is not sent.

No field holds the name of whoever wrote to the office: a letter cannot give away what it never had.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from cases.domain.day_words import day_in_words
from cases.domain.flows import Flow
from cases.domain.reference.languages import LANGUAGES, Words, in_language
from cases.errors import LetterInvalid

FOLDER = Path(__file__).parent.parent / "data" / "letters"
# What comes before a kind of consultation where a key otherwise names an action.
CONSULTATION = "consultation_"

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")
_GAP = re.compile(r"\[…[^\]]*…\]")
_STEP = re.compile(r"[a-z_]{1,60}")


class Audience(StrEnum):
    """Who reads a text: whoever wrote to the office, or the public service (or employer)."""

    PERSON = "person"
    SERVICE = "service"


@dataclass(frozen=True, repr=False)
class LetterFields:
    """What a text may take from its case. None, or nothing, leaves a gap.

    Days are written out in the letter's language; every other value is a text in that language.
    """

    reference: str | None = None
    handler: str | None = None
    office: str | None = None
    service: str | None = None
    received_on: date | None = None
    today: date | None = None
    # The last day of the term that the text is about: our own, or the one we give.
    due_on: date | None = None
    # The norms that were breached, one on a line.
    norms: str | None = None
    recommendation: str | None = None
    referral: str | None = None
    # Whom a case or an identity is passed on to.
    recipient: str | None = None
    # Why, in words meant for the reader: never the reason that the file keeps for itself.
    reason: str | None = None
    question: str | None = None
    answer_way: str | None = None
    findings: str | None = None

    def text_of(self, name: str, language: str) -> str:
        """One value as it stands in a letter; empty where the case does not say it."""
        value = getattr(self, name)
        return day_in_words(value, language) if isinstance(value, date) else (value or "").strip()


PLACEHOLDERS = tuple(field.name for field in fields(LetterFields))


@dataclass(frozen=True)
class LetterTemplate:
    """The text of one step for one reader, in every language.

    `step` is an action's code, or `consultation_` and a kind of consultation.
    """

    flow: Flow
    step: str
    audience: Audience
    texts: Words

    @property
    def key(self) -> str:
        """`complaint.acknowledge.person`: how an edit names the template."""
        return key_of(self.flow, self.step, self.audience)

    def text(self, language: str) -> str:
        """The text in a language; English where the language is unknown."""
        return in_language(self.texts, language)


class Letters:
    """The templates in force, in the order in which a page lists them."""

    def __init__(self, templates: Mapping[str, LetterTemplate]) -> None:
        self._templates = dict(templates)

    def __iter__(self) -> Iterator[LetterTemplate]:
        return iter(self._templates.values())

    def by_key(self, key: str) -> LetterTemplate | None:
        """The template with this key."""
        return self._templates.get(key)

    def letter(self, flow: Flow, step: str, audience: Audience) -> LetterTemplate | None:
        """The text that a step starts from for a reader, or None where it has none."""
        return self.by_key(key_of(flow, step, audience))


def key_of(flow: Flow, step: str, audience: Audience) -> str:
    """The key of a template."""
    return f"{flow.value}.{step}.{audience.value}"


@cache
def shipped_letters() -> Letters:
    """The texts that come with Zegel. Raises LetterInvalid, naming file, step and language."""
    templates = (each for flow in Flow for each in _read(flow))
    return Letters({template.key: template for template in templates})


def letters_from(edits: Mapping[str, Mapping[str, str] | None]) -> Letters:
    """The shipped texts under the office's own: the newest texts of each key, by language.

    None takes the office's words back, and the shipped text stands again: a step that people are
    told of never loses its letter. The same holds for an edit that this version cannot read.
    """
    templates = {template.key: template for template in shipped_letters()}
    for key, texts in edits.items():
        if texts is not None and problem_of(key, texts) is None:
            templates[key] = template_from(key, texts)
    return Letters(templates)


def problem_of(key: str, texts: Mapping[str, str]) -> LetterInvalid | None:
    """Why texts cannot be a template; None where they can."""
    try:
        template_from(key, texts)
    except LetterInvalid as problem:
        return problem
    return None


def template_from(key: str, texts: Mapping[str, str]) -> LetterTemplate:
    """A template from its key and its text in each language. Raises LetterInvalid."""
    flow, step, audience = _parts(key)
    if set(texts) != set(LANGUAGES):
        raise LetterInvalid(f"{key}: a text is needed in {', '.join(LANGUAGES)}, and in no other")
    for language, text in texts.items():
        if not text.strip():
            raise LetterInvalid(f"{key}, {language}: the text is empty")
        for braced in unknown_placeholders(text):
            raise LetterInvalid(f"{key}, {language}: {braced} is no placeholder")
    words = tuple((language, texts[language].strip()) for language in LANGUAGES)
    return LetterTemplate(flow, step, audience, words)


def unknown_placeholders(text: str) -> tuple[str, ...]:
    """Everything between braces, and every single brace, that is not a name of `LetterFields`."""
    return tuple(found for found in _BRACED.findall(text) if found[1:-1] not in PLACEHOLDERS)


def placeholders_in(text: str) -> tuple[str, ...]:
    """The names that a text takes from its case, each once, in their order."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def render(
    template: LetterTemplate,
    language: str,
    values: LetterFields,
    later: frozenset[str] = frozenset(),
) -> str:
    """The text with what the case says, and gaps for what it does not.

    Args:
        template: checked when it was read.
        language: nl, fr, de or en; English for any other.
        values: what the case says.
        later: names that stay as they are, such as the reference that the step itself gives;
            `fill_later` puts them in.
    """

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        if name in later:
            return found[0]
        return values.text_of(name, language) or gap(name, language)

    return _PLACEHOLDER.sub(value_of, template.text(language))


def fill_later(text: str, **values: str) -> str:
    """A text that a person has read, with the values that only the step itself could know."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def gap(name: str, language: str) -> str:
    """What stands where the case does not say something."""
    return f"[… {in_language(placeholder_words()[name], language)} …]"


def has_gap(text: str) -> bool:
    """Whether a part that only the investigator can write is still missing."""
    return _GAP.search(text) is not None


@cache
def placeholder_words() -> Mapping[str, Words]:
    """What each placeholder stands for, in every language."""
    found = _load_words()
    if set(found) != set(PLACEHOLDERS):
        raise LetterInvalid("placeholders.toml does not explain every field, or more than these")
    return {name: tuple(found[name].items()) for name in PLACEHOLDERS}


def _read(flow: Flow) -> Iterator[LetterTemplate]:
    try:
        for step, by_audience in _load(flow).items():
            for audience, texts in by_audience.items():
                yield template_from(f"{flow.value}.{step}.{audience}", texts)
    except LetterInvalid as problem:
        raise LetterInvalid(f"{flow.value}.toml: {problem}") from None


def _load(flow: Flow) -> dict[str, dict[str, dict[str, str]]]:
    with (FOLDER / f"{flow.value}.toml").open("rb") as file:
        return tomllib.load(file)


def _load_words() -> dict[str, dict[str, str]]:
    with (FOLDER / "placeholders.toml").open("rb") as file:
        return tomllib.load(file)


def _parts(key: str) -> tuple[Flow, str, Audience]:
    flow, _, rest = key.partition(".")
    step, _, audience = rest.partition(".")
    try:
        if not _STEP.fullmatch(step):
            raise ValueError(step)
        return Flow(flow), step, Audience(audience)
    except ValueError:
        raise LetterInvalid(f"{key!r} is not flow, step and reader with dots between") from None
