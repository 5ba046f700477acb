"""What click itself says at our command line, so that the catalogues have it in every language.

Click asks the standard library's gettext for these, by `reviewer/commands/language.py`. A test
compares them with click's own source: a new release that says something else is noticed.
"""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext


def texts_of_click() -> Iterator[str]:
    """Each of them, in the current language."""
    yield from _of_help()
    yield from _of_wrong_use()
    yield from _of_values()
    yield from _of_questions()


def _of_help() -> Iterator[str]:
    yield _("Usage:")
    yield _("Options")
    yield _("Commands")
    yield _("Positional arguments")
    yield _("default: {default}")
    yield _("required")
    yield _("Show this message and exit.")
    yield _("Show the version and exit.")
    yield _("Try '{command} {option}' for help.")


def _of_wrong_use() -> Iterator[str]:
    yield _("Error: {message}")
    yield _("Missing command.")
    yield _("Missing argument")
    yield _("Missing option")
    yield _("No such option {name!r}.")
    yield _("No such command {name!r}.")
    yield ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1)
    yield _("Option {name!r} does not take a value.")
    yield ngettext(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
    )
    yield ngettext(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1
    )


def _of_values() -> Iterator[str]:
    yield _("Invalid value: {message}")
    yield _("Invalid value for {param_hint}: {message}")
    yield _("Choose from:\n\t{choices}")
    yield ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1)
    yield _("{value!r} is not a valid {number_type}.")
    yield _("{value} is not in the range {range}.")
    yield _("file")
    yield _("directory")
    yield _("path")
    yield _("{name} {filename!r} does not exist.")
    yield _("{name} {filename!r} is a file.")
    yield _("{name} {filename!r} is a directory.")
    yield _("{name} {filename!r} is not readable.")
    yield _("{name} {filename!r} is not writable.")
    yield _("Could not open file {filename!r}: {message}")


def _of_questions() -> Iterator[str]:
    yield _("Aborted!")
    yield _("Repeat for confirmation")
    yield _("Error: The two entered values do not match.")
    yield _("Error: invalid input")
    yield _("Press any key to continue...")
