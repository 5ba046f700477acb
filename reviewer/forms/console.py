"""What every form of the console has in common."""

import re

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

SHORT = 200

TOO_LONG = _("This is too long. Shorten it to %(max)d characters.")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def without_controls(typed: str | None) -> str:
    """A line without what nobody types: PostgreSQL holds no NUL and no page shows one."""
    return _CONTROLS.sub("", typed or "")


class ConsoleForm(FlaskForm):
    """A form whose cross-site token is checked for every request before any view runs."""

    class Meta:
        csrf = False
