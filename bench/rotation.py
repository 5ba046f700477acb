"""A pool of many cases: all granted to a new intake key, then taken one by one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.many_cases import add_cases
from bench.pools import everything_in_the_pool
from bench.scale import Scale
from cases import roster_store
from cases.actions import assignment, intake_rotation
from cases.actions.intake_rotation import propose_intake_key
from cases.actions.reading import open_case
from cases.actions.rosters import Changes
from cases.actions.signed_in import SignedIn
from cases.models import CaseGrant
from crypto.grants import grant_case, open_case_grant
from crypto.keys import IntakePrivateKey, IntakePublicKey, PersonalPublicKey
from tests.support.intake_keys import with_keys_of_now
from tests.support.office import WEAK, Office
from tests.support.office_home import office_home
from tests.support.rosters import accept, current, sign
from web.clock import OFFICE_ZONE, office_day

GROUP = "A pool of many cases (in process, one person with the intake key)"
PERSON = "ingrid"


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Change the intake key of a full pool, then take some of it."""
    with office_home(folder / "office") as office:
        add_cases(office.database, range(scale.pool_cases), everything_in_the_pool(office))
        _new_key(office)
        person = with_keys_of_now(office, PERSON)
        new = office.roster().roster.intake
        bare = _bare(office, person, new, scale.pool_cases)
        rotated = _rotate(office, person, scale.pool_cases)
        taken = _cases(office)[: scale.taken_cases]
        bare_taken = _bare(office, person, person.keys.personal.public, len(taken))
        took = _take(office, person, taken)
    yield Figure(
        GROUP,
        f"{scale.pool_cases:,} cases granted to a new intake key",
        rotated,
        "s",
        (Beside(Kind.SAME_RUN, "their grants opened and sealed, nothing else", bare),),
    )
    yield Figure(
        GROUP,
        f"of them, {len(taken):,} opened and taken, one by one",
        took,
        "s",
        (Beside(Kind.SAME_RUN, "their grants opened and sealed, nothing else", bare_taken),),
    )


def _new_key(office: Office) -> None:
    by = office.signed_in(PERSON)
    with office.database.writing() as session:
        now = office.clock.now().astimezone(OFFICE_ZONE)  # as the command does: it is a day, too
        file = propose_intake_key(session, current(office), Changes(), by, now, WEAK).file
    accept(office, sign(office, file, "ada"))


def _bare(
    office: Office, person: SignedIn, to: IntakePublicKey | PersonalPublicKey, count: int
) -> float:
    """Seconds for opening so many grants of the pool and sealing them to another key."""
    keys: dict[bytes, IntakePrivateKey] = {
        key.public.key_id: key for key in person.keys.every_intake
    }
    with office.database.reading() as session:
        rows = session.scalars(select(CaseGrant).where(CaseGrant.key_id.in_(keys))).all()[:count]
    start = perf_counter()
    for row in rows:
        private = open_case_grant(row.box, row.case_id, keys[row.key_id])
        grant_case(private.seed, row.case_id, to)
    return perf_counter() - start


def _rotate(office: Office, person: SignedIn, count: int) -> float:
    today = office_day(office.clock.now())
    chain = roster_store.load_all(office.home / "roster", today)
    now, granted, start = office.clock.now(), 0, perf_counter()
    last: bytes | None = b""
    while last is not None:
        with office.database.writing() as session:
            done = intake_rotation.regrant_some(session, chain, person, now, last)
        granted, last = granted + done.granted, done.last
    if granted != count:
        raise BenchFailed(f"{granted} of {count} cases were granted to the new key")
    return perf_counter() - start


def _cases(office: Office) -> Sequence[bytes]:
    with office.database.reading() as session:
        pool = select(CaseGrant.case_id).where(CaseGrant.holder_kind == "intake")
        return session.scalars(pool.order_by(CaseGrant.case_id)).all()


def _take(office: Office, person: SignedIn, cases: Sequence[bytes]) -> float:
    now, start = office.clock.now(), perf_counter()
    for case_id in cases:
        with office.database.writing() as session:
            opened = open_case(session, case_id, person.keys)
            assignment.take(session, opened, person, opened.version, now)
    return perf_counter() - start
