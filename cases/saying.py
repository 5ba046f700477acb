"""What an error of this package tells people, so that it can be said in their language.

`cases` knows no catalogue. A text that may reach a person is `said(...)`: a plain English string,
for logs, that remembers of what it is made; `web` and the command line say it in another language.
"""

from collections.abc import Mapping
from typing import Self


class Said(str):
    """An English text that remembers its template and the values in it."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    @classmethod
    def of(cls, template: str, values: Mapping[str, object]) -> Self:
        """The text with its values."""
        text = cls(template % values if values else template)
        text.template, text.values = template, values
        return text


def said(template: str, **values: object) -> Said:
    """A text for people; `make i18n` gathers it.

    Args:
        template: the English text, with a `%(name)s` for each value.
        values: nothing secret, as in every error; one can be `said` itself.
    """
    return Said.of(template, values)


def why(error: OSError) -> Said:
    """What the system says of a file or a connection: English, in whatever language it is asked."""
    text = error.strerror or str(error)
    return _OF_THE_SYSTEM.get(text, _unknown(text))


def _unknown(text: str) -> Said:
    # Rare enough to be read in English; it is a value, so that no percent sign means anything.
    return Said.of("%(text)s", {"text": text})


_OF_THE_SYSTEM: dict[str, Said] = {
    str(text): text
    for text in (
        said("Address already in use"),
        said("Connection refused"),
        said("File exists"),
        said("Is a directory"),
        said("No space left on device"),
        said("No such file or directory"),
        said("Not a directory"),
        said("Permission denied"),
        said("Read-only file system"),
    )
}
