"""How people and their roles are typed at the command line."""

import click
from flask_babel import gettext as _

from cases.actions.joining import NewPerson
from cases.domain.roles import Role

# How many people hold shares, or must sign or agree.
A_FEW = click.IntRange(1, 16)


class PersonType(click.ParamType[NewPerson]):
    """LOGIN:NAME:ROLE,ROLE"""

    name = "LOGIN:NAME:ROLES"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> NewPerson:
        """The person. Fails (exit status 2) for anything else."""
        login, _colon, rest = str(value).partition(":")
        name, _colon, roles = rest.rpartition(":")
        chosen = _roles(self, value, roles, param, ctx)
        if not login.strip() or not name.strip():
            self.fail(_("%(typed)s: needs a login and a name", typed=repr(value)), param, ctx)
        return NewPerson(login.strip(), name.strip(), chosen)


class RolesType(click.ParamType[tuple[str, frozenset[Role]]]):
    """LOGIN:ROLE,ROLE"""

    name = "LOGIN:ROLES"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, frozenset[Role]]:
        """The login and the roles. Fails (exit status 2) for anything else."""
        login, _colon, roles = str(value).partition(":")
        return login.strip(), _roles(self, value, roles, param, ctx)


class ConflictType(click.ParamType[tuple[str, str]]):
    """LOGIN=CODE"""

    name = "LOGIN=CODE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The login and the code of an authority. Fails (exit status 2) for anything else."""
        login, _equals, code = str(value).partition("=")
        if not login.strip() or not code.strip():
            self.fail(
                _("%(typed)s: needs a login and the code of a service", typed=repr(value)),
                param,
                ctx,
            )
        return login.strip(), code.strip()


def _roles(
    kind: click.ParamType[object],
    value: object,
    typed: str,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> frozenset[Role]:
    try:
        return frozenset(Role(role.strip()) for role in typed.split(","))
    except ValueError:
        kind.fail(
            _("%(typed)s: roles are %(roles)s", typed=repr(value), roles=", ".join(Role)),
            param,
            ctx,
        )
