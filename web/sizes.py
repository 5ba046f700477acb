"""The size of a file in words."""

from flask_babel import format_decimal
from flask_babel import gettext as _

_STEP = 1024


def size_text(size: int) -> str:
    """A number of bytes as people read it, to one digit after the point."""
    if size < _STEP:
        return _("%(size)s bytes", size=size)
    if size < _STEP**2:
        return _("%(size)s KB", size=_shown(size / _STEP))
    if size < _STEP**3:
        return _("%(size)s MB", size=_shown(size / _STEP**2))
    return _("%(size)s GB", size=_shown(size / _STEP**3))


def _shown(number: float) -> str:
    return format_decimal(round(number, 1))
