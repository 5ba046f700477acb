"""Every step that tells people something starts from a text, whole in four languages."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from cases.domain import letters as module
from cases.domain.day_words import day_in_words
from cases.domain.details import ConsultationKind
from cases.domain.flows import TRANSITIONS, Action, Flow, Notice
from cases.domain.letters import (
    CONSULTATION,
    PLACEHOLDERS,
    Audience,
    LetterFields,
    LetterTemplate,
    fill_later,
    gap,
    has_gap,
    letters_from,
    placeholder_words,
    placeholders_in,
    render,
    shipped_letters,
    template_from,
    unknown_placeholders,
)
from cases.domain.reference import LANGUAGES
from cases.errors import LetterInvalid

DAY = date(2026, 11, 23)
EVERYTHING = LetterFields(
    **{
        field.name: DAY if "date" in str(field.type) else f"<{field.name}>"
        for field in fields(LetterFields)
    }
)
TEMPLATES = tuple(shipped_letters())
# What a person of the office takes to be a decision: it says why, and where to turn next.
DECISIONS = frozenset(
    {
        Action.DECLARE_INADMISSIBLE,
        Action.REFER,
        Action.TRANSMIT,
        Action.SUSPEND,
        Action.DISMISS_MINOR,
        Action.DISMISS_REPETITIVE,
        Action.EXTEND_FEEDBACK,
        Action.ADVISE_INTERNAL,
        Action.CONCLUDE,
        Action.CONCLUDE_RECONCILED,
        Action.CONCLUDE_FOUNDED,
        Action.CONCLUDE_PARTLY_FOUNDED,
        Action.CONCLUDE_UNFOUNDED,
        Action.CONCLUDE_UNFOUNDED_ON_PAPERS,
        Action.CONCLUDE_NOT_LINKED,
        Action.CONCLUDE_JUSTIFIED,
        Action.CONCLUDE_REPRISAL,
    }
)
# The sentence on other deadlines, by one of its words.
DEADLINES = {"nl": "termijnen", "fr": "délais", "de": "Fristen", "en": "deadlines"}
TEXTS = dict.fromkeys(LANGUAGES, "Hello {reference}.")
KEY = "complaint.acknowledge.person"


def letter(flow: Flow, step: str, audience: Audience = Audience.PERSON) -> LetterTemplate:
    found = shipped_letters().letter(flow, step, audience)
    assert found is not None, (flow, step, audience)
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_says_in_every_language_what_the_case_says(
    template: LetterTemplate, language: str
) -> None:
    used = placeholders_in(template.text("en"))

    text = render(template, language, EVERYTHING)

    assert set(placeholders_in(template.text(language))) == set(used)
    assert unknown_placeholders(text) == ()
    for name in used:
        assert EVERYTHING.text_of(name, language) in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_a_translation_leaves_the_same_gaps_to_the_investigator(template: LetterTemplate) -> None:
    gaps = {language: template.text(language).count("[…") for language in LANGUAGES}

    assert len(set(gaps.values())) == 1, gaps


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_case_does_not_say_is_a_gap_and_never_a_hole(
    template: LetterTemplate, language: str
) -> None:
    text = render(template, language, LetterFields())

    assert has_gap(text) == bool(placeholders_in(template.text(language)) or "[…" in text)
    assert "  " not in text
    assert "{" not in text


def test_every_step_that_needs_a_message_has_its_letter() -> None:
    lacking = [
        (row.flow, row.action)
        for row in TRANSITIONS
        if row.message_required
        and not shipped_letters().letter(row.flow, row.action, Audience.PERSON)
    ]

    assert len([row for row in TRANSITIONS if row.message_required]) > 30
    assert lacking == []


def test_every_step_that_the_service_may_be_told_of_has_its_letter() -> None:
    lacking = [
        (row.flow, row.action)
        for row in TRANSITIONS
        if row.notice is not Notice.NEVER
        and not shipped_letters().letter(row.flow, row.action, Audience.SERVICE)
    ]

    assert lacking == []


def test_every_letter_belongs_to_a_step_or_to_a_kind_of_consultation() -> None:
    rows = {(row.flow, row.action.value): row for row in TRANSITIONS}
    kinds = {f"{CONSULTATION}{kind.value}" for kind in ConsultationKind}

    stray = [
        each.key
        for each in TEMPLATES
        if each.step not in kinds
        and (
            (each.flow, each.step) not in rows
            or (
                each.audience is Audience.SERVICE
                and rows[each.flow, each.step].notice is Notice.NEVER
            )
        )
    ]

    assert stray == []


def test_every_kind_of_consultation_has_its_letter() -> None:
    kinds = set(ConsultationKind) - {ConsultationKind.JUSTIFICATION}
    for flow in Flow:
        for kind in kinds:
            letter(flow, f"{CONSULTATION}{kind.value}", Audience.SERVICE)

    letter(Flow.PROTECTION, f"{CONSULTATION}{ConsultationKind.JUSTIFICATION}", Audience.SERVICE)


def test_every_decision_leaves_room_for_its_reasons() -> None:
    decided = [row for row in TRANSITIONS if row.action in DECISIONS]

    without = [
        (row.flow, row.action, language)
        for row in decided
        for language in LANGUAGES
        if not has_gap(render(letter(row.flow, row.action), language, LetterFields()))
    ]

    assert {row.action for row in decided} == DECISIONS
    assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "action",
    [Action.ACKNOWLEDGE, *sorted(DECISIONS), Action.WITHDRAW],
)
def test_whoever_complained_reads_that_other_deadlines_keep_running(
    action: Action, language: str
) -> None:
    found = shipped_letters().letter(Flow.COMPLAINT, action, Audience.PERSON)

    # Actions of reports and protection requests have no letter among the complaints.
    assert found is None or DEADLINES[language] in found.text(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_acknowledgement_of_a_complaint_names_reference_and_case_handler(language: str) -> None:
    fields_ = LetterFields(
        reference="OM.2026.0042",
        handler="Ingrid Intake",
        received_on=DAY,
        due_on=date(2026, 12, 7),
    )

    text = render(letter(Flow.COMPLAINT, Action.ACKNOWLEDGE), language, fields_)

    assert "OM.2026.0042" in text
    assert "Ingrid Intake" in text
    assert not has_gap(text)


def test_no_letter_can_name_whoever_wrote_to_the_office() -> None:
    assert not {"name", "identity", "person", "complainant", "email"} & set(PLACEHOLDERS)


@pytest.mark.parametrize(
    "text",
    [
        "{reference.__class__}",
        "{reference!r}",
        "{reference:>10}",
        "{0}",
        "{}",
        "{ reference }",
        "{Reference}",
        "{secret}",
        "{{reference}}",
        "{reference",
        "reference}",
        "%(reference)s {reference[0]}",
    ],
)
def test_a_text_that_reaches_for_more_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(LetterInvalid, match=r"complaint\.acknowledge\.person, fr: .*"):
        template_from(KEY, {**TEXTS, "fr": text})


def test_a_file_that_is_wrong_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for flow in Flow:
        (tmp_path / f"{flow.value}.toml").write_text("")
    lines = "".join(f'{language} = "Hello {{nobody}}"\n' for language in LANGUAGES)
    (tmp_path / "report.toml").write_text(f"[conclude.person]\n{lines}")
    monkeypatch.setattr(module, "FOLDER", tmp_path)

    with pytest.raises(LetterInvalid, match=r"report\.toml: report\.conclude\.person, nl: "):
        # Around the cache, which holds the files that ship.
        shipped_letters.__wrapped__()


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("complaint.acknowledge", TEXTS),
        ("nothing.acknowledge.person", TEXTS),
        ("complaint.acknowledge.everybody", TEXTS),
        ("complaint.Acknowledge.person", TEXTS),
        ("complaint..person", TEXTS),
        (KEY, {"nl": "Dag", "fr": "Bonjour", "de": "Hallo"}),
        (KEY, {**TEXTS, "es": "Hola"}),
        (KEY, {**TEXTS, "de": " \n "}),
    ],
)
def test_a_template_that_is_not_whole_is_refused(key: str, texts: dict[str, str]) -> None:
    with pytest.raises(LetterInvalid, match=r"complaint|nothing"):
        template_from(key, texts)


def test_a_value_is_never_read_as_a_template() -> None:
    template = template_from(KEY, dict.fromkeys(LANGUAGES, "{service}: {reference}"))

    text = render(template, "en", LetterFields(service="{reference}", reference="{handler}"))

    assert text == "{reference}: {handler}"


def test_the_reference_that_a_step_gives_is_filled_when_it_is_taken() -> None:
    template = letter(Flow.REPORT, Action.ACKNOWLEDGE)
    draft = render(template, "en", LetterFields(due_on=DAY), later=frozenset({"reference"}))

    sent = fill_later(draft, reference="SI.2026.0001")

    assert "{reference}" in draft
    assert not has_gap(draft)
    assert "SI.2026.0001" in sent
    assert fill_later("{other} {reference}", reference="A") == "{other} A"


def test_the_offices_own_text_wins_and_can_be_taken_back() -> None:
    edited = letters_from({KEY: TEXTS})
    back = letters_from({KEY: None})

    own, shipped = edited.by_key(KEY), shipped_letters().by_key(KEY)
    assert own is not None
    assert render(own, "nl", LetterFields(reference="A")) == "Hello A."
    assert own != shipped
    assert back.by_key(KEY) == shipped
    assert [each.key for each in edited] == [each.key for each in TEMPLATES]


def test_an_edit_that_cannot_be_read_leaves_the_shipped_text() -> None:
    broken = letters_from({KEY: {**TEXTS, "nl": "{gone}"}, "no key": TEXTS})

    assert list(broken) == list(shipped_letters())


def test_an_unknown_language_reads_english() -> None:
    template = letter(Flow.COMPLAINT, Action.WITHDRAW)

    assert render(template, "es", LetterFields()) == template.text("en")


def test_every_placeholder_is_explained_in_every_language() -> None:
    for name, words in placeholder_words().items():
        assert [language for language, word in words if word] == list(LANGUAGES), name
        assert has_gap(gap(name, "de"))


def test_days_are_written_as_people_write_them() -> None:
    assert day_in_words(DAY, "nl") == "23 november 2026"
    assert day_in_words(date(2026, 5, 1), "fr") == "1er mai 2026"
    assert day_in_words(date(2026, 3, 2), "de") == "2. März 2026"
    assert day_in_words(DAY, "en") == "23 November 2026"
    assert day_in_words(DAY, "xx") == "23 November 2026"
    for month in range(1, 13):
        for language in LANGUAGES:
            assert "2026" in day_in_words(date(2026, month, 1), language)


def test_fields_do_not_show_what_they_hold() -> None:
    assert "Ingrid" not in repr(LetterFields(handler="Ingrid"))
