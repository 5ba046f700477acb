"""The settings of the environment as text, for whoever builds the machine again; no passwords."""

import os
import re
import shlex
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

_ALSO = ("AWS_ENDPOINT", "AWS_REGION")
_SECRET = re.compile("password|secret|token", re.IGNORECASE)


def settings_text(environment: Mapping[str, str] = os.environ) -> bytes:
    """Every `ZEGEL_*` variable and where the storage is, as lines that a shell reads."""
    names = sorted(name for name in environment if name.startswith("ZEGEL_") or name in _ALSO)
    lines = [f"{name}={shlex.quote(_without_password(environment[name]))}" for name in names]
    return "\n".join(
        ("# Settings on the day of the backup, without passwords.", *lines, "")
    ).encode()


def _without_password(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if not separator:
        return value
    # Up to the last @, whatever stands before it: a password may hold what ends a host elsewhere.
    user, at, place = rest.rpartition("@")
    place, asks, query = place.partition("#")[0].partition("?")
    asked = [(key, text) for key, text in parse_qsl(query) if not _SECRET.search(key)]
    return f"{scheme}://{user.partition(':')[0]}{at}{place}{asks}{urlencode(asked, safe='/')}"
