"""Searching a full pool for a word that no case holds: every case is looked at."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from bench.figures import BenchFailed, Beside, Figure, Kind
from bench.many_cases import add_cases
from bench.pools import everything_in_the_pool
from bench.scale import Scale
from cases.actions.case_words import keep_words
from cases.actions.searching import SearchPage, search
from cases.actions.signed_in import SignedIn
from cases.domain.search import Question
from cases.models import CaseGrant
from crypto.grants import open_case_seed
from tests.support.office import Office
from tests.support.office_home import office_home

GROUP = "Searching sealed cases (in process, one person with the intake key)"
PERSON = "ingrid"
ABSENT = "xylophone"
AIM = 2.0  # seconds for ten thousand cases on one core


def measure(scale: Scale, folder: Path) -> Iterator[Figure]:
    """Search twice: the first time reads every case whole, and keeps its words."""
    with office_home(folder / "office") as office:
        add_cases(office.database, range(scale.pool_cases), everything_in_the_pool(office))
        person = office.signed_in(PERSON)
        bare = _bare(office, person)
        first = _searched(office, person, scale.pool_cases)
        again = _searched(office, person, scale.pool_cases)
    grants = "their grants opened, nothing else"
    yield Figure(
        GROUP,
        f"{scale.pool_cases:,} cases searched, read whole and their words kept",
        first,
        "s",
        (Beside(Kind.SAME_RUN, grants, bare),),
    )
    yield Figure(
        GROUP,
        f"{scale.pool_cases:,} cases searched again",
        again,
        "s",
        (
            Beside(Kind.SAME_RUN, grants, bare),
            Beside(Kind.LIMIT, "for 10,000 on one core", AIM * scale.pool_cases / 10_000),
        ),
    )


def _bare(office: Office, person: SignedIn) -> float:
    intake = person.keys.intake
    assert intake is not None  # noqa: S101 - the person has the intake role
    with office.database.reading() as session:
        wanted = select(CaseGrant).where(CaseGrant.key_id == intake.public.key_id)
        rows = session.scalars(wanted).all()
    start = perf_counter()
    for row in rows:
        open_case_seed(row.box, row.case_id, intake)
    return perf_counter() - start


def _searched(office: Office, person: SignedIn, count: int) -> float:
    question, rules = Question.read(ABSENT), office.rules()
    assert question is not None  # noqa: S101 - one word
    start = perf_counter()
    with office.database.reading() as session:
        found = search(session, question, person.keys, rules, None, lambda: True)
    _keep(office, found)
    if found.looked_at != count or found.hits:
        raise BenchFailed(f"looked at {found.looked_at} of {count} cases")
    return perf_counter() - start


def _keep(office: Office, found: SearchPage) -> None:
    if found.learned:
        with office.database.writing() as session:
            keep_words(session, found.learned)
