"""The settings of the environment as text, for whoever builds the machine again; no passwords."""

import os
import shlex
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

_ALSO = ("AWS_ENDPOINT", "AWS_REGION")


def settings_text(environment: Mapping[str, str] = os.environ) -> bytes:
    """Every `ZEGEL_*` variable and where the storage is, as lines that a shell reads."""
    names = sorted(name for name in environment if name.startswith("ZEGEL_") or name in _ALSO)
    lines = [f"{name}={shlex.quote(_without_password(environment[name]))}" for name in names]
    return "\n".join(
        ("# Settings on the day of the backup, without passwords.", *lines, "")
    ).encode()


def _without_password(value: str) -> str:
    if "://" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    user, at, host = parts.netloc.rpartition("@")
    asked = [(key, text) for key, text in parse_qsl(parts.query) if "password" not in key.lower()]
    query = urlencode(asked, safe="/")
    return parts._replace(netloc=user.partition(":")[0] + at + host, query=query).geturl()
