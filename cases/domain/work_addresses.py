"""E-mail addresses of the people of the office: what can be one."""

import re

from cases.errors import InvalidWorkAddress
from cases.saying import said

LONGEST = 254  # characters; RFC 5321 section 4.5.3.1.3 less the brackets

# Narrower than RFC 5321 on purpose: no quoted names, no comments, nothing outside ASCII, and
# nothing that could end a header line.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


def read_work_address(typed: str) -> str | None:
    """The address without outer blanks, or None when nothing was typed.

    Raises:
        InvalidWorkAddress: it cannot be an address.
    """
    address = typed.strip()
    if not address:
        return None
    name = address.partition("@")[0]
    if len(address) > LONGEST or not _ADDRESS.fullmatch(address) or _has_stray_dots(name):
        raise InvalidWorkAddress(said("an e-mail address looks like name@example.org"))
    return address


def _has_stray_dots(name: str) -> bool:
    return name.startswith(".") or name.endswith(".") or ".." in name
