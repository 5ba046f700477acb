"""What a head or an administrator is told of a crowd at the doors."""

from cases.domain.pressure import TOLD_FOR, PressureOfDay, worth_telling
from cases.domain.roles import Role
from cases.queries.pressure import pressure_since
from reviewer.session import signed_in
from web.database import db
from web.services import services

_TOLD = frozenset({Role.HEAD, Role.ADMINISTRATOR})


def pressure_notice() -> tuple[PressureOfDay, ...]:
    """The days on which many had to wait; for nobody else, none."""
    if not _TOLD & set(signed_in().member.roles):
        return ()
    today = services().today()
    return worth_telling(pressure_since(db(), today - TOLD_FOR), today)
