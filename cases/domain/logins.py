"""Names to sign in with."""

import re

from cases.errors import InvalidLogin
from cases.saying import said

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def folded_login(typed: str) -> str:
    """The login as it is looked up: without outer blanks, in lower case."""
    return typed.strip().casefold()


def read_login(typed: str) -> str:
    """A login to give to a new person; InvalidLogin when it cannot be one."""
    login = folded_login(typed)
    if not _LOGIN.fullmatch(login):
        raise InvalidLogin(said("a login is 2 to 60 of a-z, 0-9, dot, dash and underscore"))
    return login
