"""The language of the command line, and errors of `cases` in it."""

import os

import click
import pytest
from click.testing import CliRunner
from flask_babel import gettext, ngettext

from cases.domain.flows import Flow
from cases.errors import CasesError
from cases.saying import said
from reviewer.commands.failures import CommandFailed, Commands
from reviewer.commands.language import chosen_language, speaking
from web.labels import text_of
from web.saying import translated

# In every catalogue since the first page.
KNOWN = "This page does not exist"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "de_BE@euro"}, "de"),
        ({"LANG": "es_ES.UTF-8"}, "en"),
        ({"LANG": "nl_BE.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "nl_BE.UTF-8", "LC_ALL": ""}, "nl"),
        ({"LANG": "C", "LC_MESSAGES": "de_DE", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "C", "LC_MESSAGES": "de_DE"}, "de"),
        ({"LC_ALL": "fr_FR", "ZEGEL_LANG": "NL"}, "nl"),
        ({"LC_ALL": "fr_FR", "ZEGEL_LANG": "xx"}, "en"),
        ({"ZEGEL_LANG": "de-AT"}, "de"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment: dict[str, str], language: str) -> None:
    assert chosen_language(environment) == language


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nl", "Deze pagina bestaat niet"),
        ("fr", "Cette page n\N{RIGHT SINGLE QUOTATION MARK}existe pas"),
        ("de", "Diese Seite gibt es nicht"),
        ("en", KNOWN),
    ],
)
def test_texts_labels_and_errors_are_said_in_the_language(language: str, title: str) -> None:
    with speaking(language):
        assert gettext(KNOWN) == title
        assert translated(said(KNOWN)) == title
        report = str(text_of(Flow.REPORT))
    with speaking("en"):
        assert (report == str(text_of(Flow.REPORT))) is (language == "en")


def test_nothing_of_a_language_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)

    with speaking("fr"):
        assert os.environ["LANGUAGE"] == "fr"

    assert "LANGUAGE" not in os.environ
    assert gettext(KNOWN) == KNOWN


def test_a_text_of_cases_stays_english_in_logs_and_keeps_its_values() -> None:
    inner = said("no roster")
    text = said("The file %(path)s: %(why)s", path="/x", why=inner)

    assert text == "The file /x: no roster"
    assert str(CasesError(text)) == "The file /x: no roster"
    assert translated(text) == "The file /x: no roster"


def test_a_command_fails_in_the_language_of_who_runs_it() -> None:
    @click.command()
    def fail() -> None:
        raise CommandFailed(gettext(KNOWN))

    @click.command()
    def refuse() -> None:
        raise CasesError(said(KNOWN))

    group = Commands("x", commands=[fail, refuse])

    for word in ("fail", "refuse"):
        done = CliRunner().invoke(group, [word], env={"ZEGEL_LANG": "nl"})
        assert done.exit_code == 1
        assert "Deze pagina bestaat niet" in done.stderr


def test_plurals_need_no_page() -> None:
    assert ngettext("%(num)s case", "%(num)s cases", 3) == "3 cases"
