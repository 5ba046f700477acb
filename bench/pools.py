"""An office in which nobody has taken a case yet, and every case opens whole."""

from bench.many_cases import Hands
from crypto.keys import PersonalPrivateKey, Seed
from tests.support.office import Office
from web.clock import office_day


def everything_in_the_pool(office: Office) -> Hands:
    """Whose keys open the cases: the office's intake key and its recovery key."""
    roster = office.roster().roster
    return Hands(
        staff_id=bytes(16),
        intake=roster.intake.to_bytes(),
        personal=PersonalPrivateKey(Seed.generate()).public.to_bytes(),
        today=office_day(office.clock.now()),
        recovery=roster.recovery.to_bytes(),
        all_in_pool=True,
    )
