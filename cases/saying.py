"""What an error of this package tells people, so that it can be said in their language.

`cases` knows no catalogue. A text that may reach a person is `said(...)`: a plain English string,
for logs, that remembers of what it is made; `web` and the command line say it in another language.
"""

from collections.abc import Mapping


class Said(str):
    """An English text that remembers its template and the values in it."""

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]


def said(template: str, **values: object) -> Said:
    """A text for people; `make i18n` gathers it.

    Args:
        template: the English text, with a `%(name)s` for each value.
        values: nothing secret, as in every error; one can be `said` itself.
    """
    text = Said(template % values if values else template)
    text.template, text.values = template, values
    return text
