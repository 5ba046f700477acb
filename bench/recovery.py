"""Recovering an office: every case opened with the custodians' shares, and given to somebody."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import select

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.many_cases import Hands, add_cases
from bench.scale import Scale
from cases.actions import recovery
from cases.models import CaseGrant
from cases.queries.recovery import NamedCase
from crypto.grants import open_case_grant
from crypto.keys import PersonalPrivateKey, RecoveryPrivateKey, Seed
from tests.support.office import Office
from tests.support.office_home import office_home
from web.clock import office_day

GROUP = "Recovery with the custodians' shares (in process)"
PERSON = "igor"


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Slice by slice: open the grants alone, then the cases, then give them to a person."""
    with office_home(folder / "office") as office:
        add_cases(office.database, range(scale.recovered_cases), hands(office))
        key = recovery.recovery_key(office.recovery_shares[:2], office.roster())
        with office.database.reading() as session:
            cases = recovery.chosen_cases(session, ())
        size = min(1000, len(cases))
        slices = [cases[start : start + size] for start in range(0, len(cases), size)]
        grants, proofs = (
            median(each(office, key, part) for part in slices) for each in (_bare, _prove)
        )
        # The first ones are enough: each is a transaction of its own, on the disk when it ends.
        given = _give(office, key, slices[0])
    bare = Beside(Kind.SAME_RUN, "their grants opened, nothing else", grants)
    total = f"of {len(cases):,}, {size:,} cases"
    yield Figure(GROUP, f"{total} proved to open", proofs, "s", (bare,))
    yield Figure(GROUP, f"{total} given to a colleague, one by one", given, "s", (bare,))


def hands(office: Office) -> Hands:
    """Everything in the pool or with colleagues who are not there; nothing is in this person's."""
    intake, recovery_public = office.roster().roster.intake, office.roster().roster.recovery
    nobody = PersonalPrivateKey(Seed.generate()).public
    return Hands(
        staff_id=bytes(16),
        intake=intake.to_bytes(),
        personal=nobody.to_bytes(),
        today=office_day(office.clock.now()),
        recovery=recovery_public.to_bytes(),
    )


def _bare(office: Office, key: RecoveryPrivateKey, cases: Sequence[NamedCase]) -> float:
    wanted = {case.case_id for case in cases}
    with office.database.reading() as session:
        held = select(CaseGrant).where(CaseGrant.key_id == key.public.key_id)
        boxes = {row.case_id: row.box for row in session.scalars(held) if row.case_id in wanted}
    start = perf_counter()
    for case_id, box in boxes.items():
        open_case_grant(box, case_id, key)
    return perf_counter() - start


def _prove(office: Office, key: RecoveryPrivateKey, cases: Sequence[NamedCase]) -> float:
    start = perf_counter()
    with office.database.reading() as session:
        faults = [proof for proof in recovery.prove(session, key, cases) if proof.faults]
    if faults:
        raise BenchFailed(f"{len(faults)} of {len(cases)} cases did not open")
    return perf_counter() - start


def _give(office: Office, key: RecoveryPrivateKey, cases: Sequence[NamedCase]) -> float:
    office.enrol(PERSON)
    with office.database.reading() as session:
        to = recovery.recipient(session, office.roster(), PERSON)
    now, start = office.clock.now(), perf_counter()
    for case in cases:
        with office.database.writing() as session:
            recovery.grant(session, case.case_id, key, to, now)
    return perf_counter() - start
