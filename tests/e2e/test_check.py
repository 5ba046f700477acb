"""'Can we help you?' in a browser: choices unfold their answers by the stylesheet alone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import People
from tests.support.axe import faults_of, faults_when_narrow
from tests.support.pages import PortalPages, follow

WAYS = {
    "You can report it here": {"who": "insider"},
    "You can ask us for protection": {"who": "reprisals"},
    "Other bodies can do more for you": {"who": "own_work"},
    "Another body can help you": {"who": "elsewhere"},
    "Complain to the ombuds office of that service": {"who": "user", "service": "own_ombuds"},
    "Write to us, and we find out": {"who": "user", "service": "unknown"},
    "Contact the service first": {"who": "user", "service": "ours", "contacted": "no"},
    "You can complain here": {
        "who": "user",
        "service": "ours",
        "contacted": "yes_no_answer",
        "age_unanswered": "recent",
    },
    "As a rule we cannot examine it any more": {
        "who": "user",
        "service": "ours",
        "contacted": "yes_unsatisfied",
        "age_unsatisfied": "old",
    },
    "Send your complaint, and we look": {
        "who": "user",
        "service": "ours",
        "contacted": "yes_unsatisfied",
        "age_unsatisfied": "unsure",
    },
}


def choose(visitor: PortalPages, choices: dict[str, str]) -> None:
    """Each choice must be in view before it can be made."""
    for name, value in choices.items():
        visitor.page.locator(f'[name="{name}"][value="{value}"]').check()


def answers_in_view(visitor: PortalPages) -> Locator:
    return visitor.page.locator(".answer__answer").filter(visible=True)


def choices_in_view(visitor: PortalPages) -> Locator:
    return visitor.page.locator("main input").filter(visible=True)


@pytest.mark.parametrize("answer", WAYS)
def test_choices_unfold_their_one_answer_and_ask_the_server_nothing(
    people: People, scripts: bool, answer: str
) -> None:
    visitor = people.visitor(scripts=scripts)
    visitor.go("/check")
    expect(answers_in_view(visitor)).to_have_count(0)
    expect(choices_in_view(visitor)).to_have_count(5)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))

    choose(visitor, WAYS[answer])

    expect(answers_in_view(visitor)).to_have_text([answer])
    expect(visitor.page.locator(".panel__fallback").filter(visible=True)).to_have_count(0)
    assert asked == []
    assert visitor.page.context.cookies() == []


def test_another_first_choice_folds_the_old_answer_away(people: People) -> None:
    visitor = people.visitor()
    visitor.go("/check")

    choose(visitor, {**WAYS["Contact the service first"]})
    choose(visitor, {"who": "insider"})

    expect(answers_in_view(visitor)).to_have_text(["You can report it here"])
    expect(choices_in_view(visitor)).to_have_count(5)


def test_the_answer_leads_to_the_form(people: People) -> None:
    visitor = people.visitor()
    visitor.go("/check")
    choose(visitor, WAYS["You can complain here"])

    follow(visitor.page.locator(".answer a").filter(visible=True))

    assert visitor.form("/complaint").count() == 1


@pytest.mark.parametrize("answer", WAYS)
def test_an_answer_has_no_fault(people: People, answer: str) -> None:
    visitor = people.visitor(scripts=True)
    visitor.go("/check")
    choose(visitor, WAYS[answer])

    assert faults_of(visitor.page) == []


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
@pytest.mark.parametrize("answer", ["You can complain here", "Another body can help you"])
def test_a_translated_answer_has_no_fault_where_its_longer_words_have_least_room(
    people: People, language: str, answer: str
) -> None:
    visitor = people.visitor(language, scripts=True)
    visitor.go("/check")
    choose(visitor, WAYS[answer])

    assert faults_when_narrow(visitor.page) == []
