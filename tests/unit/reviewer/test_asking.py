"""Yes and no in the language of the question, and in English."""

import click
import pytest
from click.testing import CliRunner

from reviewer.commands.asking import confirm
from reviewer.commands.failures import Commands


@click.command()
def ask() -> None:
    confirm("Sure?")
    click.echo("done")


@pytest.mark.parametrize(
    ("language", "typed", "is_done"),
    [
        ("en", "y", True),
        ("en", "Yes", True),
        ("en", "n", False),
        ("en", "", False),
        ("en", "perhaps\nyes", True),
        ("nl", "y", True),
        ("nl", "j", True),
        ("nl", "nee", False),
        ("fr", "oui", True),
        ("fr", "o", True),
        ("de", "Ja", True),
        ("de", "nein", False),
    ],
)
def test_the_answer_counts(language: str, typed: str, is_done: bool) -> None:
    group = Commands("x", commands=[ask])

    done = CliRunner().invoke(group, ["ask"], input=f"{typed}\n", env={"ZEGEL_LANG": language})

    assert done.exit_code == (0 if is_done else 1)
    assert ("done" in done.stdout) is is_done


def test_no_answer_at_all_is_a_no() -> None:
    group = Commands("x", commands=[ask])

    assert CliRunner().invoke(group, ["ask"], input="", env={"ZEGEL_LANG": "en"}).exit_code == 1
