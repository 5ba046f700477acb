"""The help of a command in the language of who asks for it."""

import click
from click.testing import CliRunner

from reviewer.commands import main
from reviewer.commands.failures import Commands
from reviewer.commands.help_texts import in_our_language, paragraphs
from reviewer.commands.language import speaking

# In every catalogue since the first page.
KNOWN = "This page does not exist"
DUTCH = "Deze pagina bestaat niet"


@click.command(help=f"Try it.\n\n{KNOWN}")
@click.option("--page", help=KNOWN)
def command(page: str) -> None:
    raise AssertionError(page)


def test_help_and_options_are_in_the_language_and_the_command_itself_stays_as_it_is() -> None:
    group = Commands("x", help=KNOWN, commands=[command])

    done = CliRunner().invoke(group, ["--help"], env={"ZEGEL_LANG": "nl"})
    below = CliRunner().invoke(group, ["command", "--help"], env={"ZEGEL_LANG": "nl"})

    assert DUTCH in done.stdout
    assert below.stdout.count(DUTCH) == 2
    assert "Try it." in below.stdout
    assert command.help == f"Try it.\n\n{KNOWN}"


def test_english_help_is_the_text_of_the_code() -> None:
    with speaking("en"):
        assert in_our_language(command).help == command.help
    done = CliRunner().invoke(main, ["staff", "add", "--help"], env={"ZEGEL_LANG": "en"})
    assert "Invite a person: propose a roster that names them" in done.stdout


def test_how_a_docstring_is_wrapped_changes_nothing() -> None:
    assert paragraphs("One\ntwo.\n\n  Three\n  four.") == ["One two.", "Three four."]
