"""How people and their roles are typed at the command line."""

import click

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
        login, _, rest = str(value).partition(":")
        name, _, roles = rest.rpartition(":")
        chosen = _roles(self, value, roles, param, ctx)
        if not login.strip() or not name.strip():
            self.fail(f"{value!r}: needs a login and a name", param, ctx)
        return NewPerson(login.strip(), name.strip(), chosen)


class RolesType(click.ParamType[tuple[str, frozenset[Role]]]):
    """LOGIN:ROLE,ROLE"""

    name = "LOGIN:ROLES"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, frozenset[Role]]:
        """The login and the roles. Fails (exit status 2) for anything else."""
        login, _, roles = str(value).partition(":")
        return login.strip(), _roles(self, value, roles, param, ctx)


class ConflictType(click.ParamType[tuple[str, str]]):
    """LOGIN=CODE"""

    name = "LOGIN=CODE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The login and the code of an authority. Fails (exit status 2) for anything else."""
        login, _, code = str(value).partition("=")
        if not login.strip() or not code.strip():
            self.fail(f"{value!r}: needs a login and the code of a service", param, ctx)
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
        kind.fail(f"{value!r}: roles are {', '.join(Role)}", param, ctx)
