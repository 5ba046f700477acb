"""A day typed as three numbers."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

PARTS = ("day", "month", "year")
EARLIEST_YEAR = 1900
# Terms are counted on from a day: on the last ones that a computer knows, nothing follows.
LATEST_YEAR = 2199
LONGEST_PART = 10  # characters


class DayField(Field):
    """A day; `data` is a date or None, `parts` what was typed.

    Attributes:
        latest: the last day that makes sense; None for any.
    """

    widget = TextInput()  # the macro draws the three inputs; WTForms wants a widget

    def __init__(
        self, label: str | LazyString, *validators: Callable[[Any, Any], None], **more: Any
    ) -> None:
        super().__init__(label, validators, **more)
        self.latest: date | None = None
        self.parts = dict.fromkeys(PARTS, "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three inputs, whose names end in the part's name."""
        super().process(None, data, extra_filters)
        if formdata is None:
            if self.data:
                self.parts = {part: str(getattr(self.data, part)) for part in PARTS}
            return
        self.parts = {part: self._typed(formdata, part) for part in PARTS}
        if any(self.parts.values()):
            self.data = _day_of(self.parts)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse a day that does not exist or has not come yet."""
        if self.data is None and any(self.parts.values()):
            raise StopValidation(_("Type a day that exists, such as 27 3 2026."))
        if self.data and self.latest and self.data > self.latest:
            raise StopValidation(_("This day has not come yet. Type today or an earlier day."))

    def _typed(self, formdata: Any, part: str) -> str:
        values = [str(value) for value in formdata.getlist(f"{self.name}-{part}")]
        # Two values are no day: both are kept, so that the error shows them.
        return " ".join("".join(filter(str.isprintable, value)) for value in values).strip()


def _day_of(parts: Mapping[str, str]) -> date | None:
    if not all(text.isascii() and text.isdigit() for text in parts.values()):
        return None
    if any(len(text) > LONGEST_PART for text in parts.values()):
        return None
    year, month, day = (int(parts[part]) for part in reversed(PARTS))
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None
