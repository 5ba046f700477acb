"""Several forms of one page, as the summary of errors reads them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wtforms import Field, Form


@dataclass(frozen=True)
class Together:
    """The fields of the forms in the order of the page."""

    forms: Sequence[Form]

    @property
    def errors(self) -> Mapping[str, Sequence[str]]:
        """What is wrong, by field."""
        return {each.name: each.errors for each in self if each.errors}

    def __iter__(self) -> Iterator[Field]:
        return (each for form in self.forms for each in form)
