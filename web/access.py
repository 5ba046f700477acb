"""Who may call a view and whether it writes: declared on the view, refused where it is not.

A view that declares nothing is not reachable. A transaction is opened for each view, committed
only where the view declares that it commits and returns normally.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden

from cases.domain.roles import Permission
from web.database import transaction
from web.problems import Problem

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Authorise = Callable[[Permission], None]
# Shows the form again with what was typed and the problem in words.
KeepTyped = Callable[[Problem], ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares. `permission` None is open to everyone."""

    permission: Permission | None
    commits: bool
    keeps: KeepTyped | None
    uploads: bool = False


class Undeclared(Exception):
    """A programming error: a view without an access declaration."""


def open_to_all(
    *, commits: bool = False, keeps: KeepTyped | None = None, uploads: bool = False
) -> Callable[[View[P]], View[P]]:
    """Declare a view that anyone may call; `uploads`: it takes files."""
    return _declare(Access(None, commits, keeps, uploads))


def needs(
    permission: Permission,
    *,
    commits: bool = False,
    keeps: KeepTyped | None = None,
    uploads: bool = False,
) -> Callable[[View[P]], View[P]]:
    """Declare a view for signed-in staff who hold the permission; `uploads`: it takes files."""
    return _declare(Access(permission, commits, keeps, uploads))


def _declare(access: Access) -> Callable[[View[P]], View[P]]:
    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def in_transaction(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            with transaction(commits=access.commits):
                return view(*args, **kwargs)

        setattr(in_transaction, _ATTRIBUTE, access)
        return in_transaction

    return decorate


_ATTRIBUTE = "zegel_access"


def access_of(view: object) -> Access:
    """The declaration of a view. Raises Undeclared."""
    access = getattr(view, _ATTRIBUTE, None)
    if not isinstance(access, Access):
        raise Undeclared(getattr(view, "__name__", repr(view)))
    return access


def declarations(app: Flask) -> Iterator[tuple[str, Access]]:
    """Every endpoint of the application with its declaration. Raises Undeclared."""
    for rule in app.url_map.iter_rules():
        yield rule.endpoint, access_of(app.view_functions[rule.endpoint])


def current_access() -> Access | None:
    """The declaration of the view this request leads to; None where there is no such view."""
    if request.endpoint is None:
        return None
    return access_of(current_app.view_functions[request.endpoint])


def configure(app: Flask, authorise: Authorise) -> None:
    """Refuse to start with an undeclared view, and authorise each request that needs it."""
    for endpoint, access in declarations(app):
        _refuse_writing_get(app, endpoint, access)

    @app.before_request
    def check() -> None:
        access = current_access()
        if access is not None and access.permission is not None:
            authorise(access.permission)


def nobody(permission: Permission) -> None:
    """The rule of an application that has no signed-in staff."""
    raise Forbidden


def _refuse_writing_get(app: Flask, endpoint: str, access: Access) -> None:
    for rule in app.url_map.iter_rules(endpoint):
        if access.commits and "GET" in (rule.methods or set()):
            raise Undeclared(f"{endpoint} would commit on GET")
