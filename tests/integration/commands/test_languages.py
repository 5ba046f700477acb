"""Each kind of failure of a command, in each language: one line, with the same values in it."""

from pathlib import Path

import pytest

from tests.support.commands import run_here

LANGUAGES = ("nl", "fr", "de")
# What is typed, the exit status, and what no language changes.
FAILURES = {
    "a command that does not exist": (("roster", "nosuch"), 2, "'nosuch'"),
    "an option that is missing": (("audit", "sign"), 2, "'--as'"),
    "a choice that there is not": (("poster", "--lang", "xx"), 2, "'xx'"),
    "a number out of range": (("keys", "reshare", "--shares", "99"), 2, "1<=x<=16"),
    "a file that is not there": (("roster", "show", "/nowhere"), 2, "/nowhere"),
    "options that do not go together": (
        ("poster", "--lang", "nl", "--paper", "a3", "--kind", "cards"),
        2,
        "--paper",
    ),
    "a value of our own kind": (("audit", "verify", "--head", "x"), 2, "64"),
    "no database": (("staff", "list"), 1, "zegel.sqlite"),
    "a setting": (("jobs", "run"), 1, "ZEGEL_MAIL_FROM"),
    "a secret that cannot be read": (("serve", "portal"), 1, "portal.key"),
    "people who found no office": (
        ("office", "create", "--name", "x", "--person", "a1:A:head"),
        1,
        "",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_said_in_every_language(tmp_path: Path, failure: str) -> None:
    words, status, kept = FAILURES[failure]
    settings = {"ZEGEL_SMTP_URL": "smtp://localhost"}
    english = run_here(tmp_path, *words, **settings, ZEGEL_LANG="en")

    said = [run_here(tmp_path, *words, **settings, ZEGEL_LANG=one) for one in LANGUAGES]

    assert [english.returncode, *(one.returncode for one in said)] == [status] * 4
    lines = [one.stderr.splitlines() for one in (english, *said)]
    assert {len(each) for each in lines} == {len(lines[0])}
    assert all(kept in each[-1] for each in lines)
    assert len({each[-1] for each in lines}) == 4, lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_said_in_every_language(tmp_path: Path, language: str) -> None:
    english = run_here(tmp_path, "poster", "--help", ZEGEL_LANG="en")

    said = run_here(tmp_path, "poster", "--help", ZEGEL_LANG=language)

    assert said.returncode == 0
    shared = set(said.stdout.splitlines()) & set(english.stdout.splitlines())
    # Names of options, and words that are the same in French.
    typed = ("--", "Usage", "Options")
    assert all(not line or line.lstrip().startswith(typed) for line in shared), shared
