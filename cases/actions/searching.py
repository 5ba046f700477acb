"""Looking for words in every case that a person can open, the newest first.

No index of plaintext exists. Each case keeps its own words sealed under its own key, once a search
has read it whole; from then on a search opens one box for it, until something is added to it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from cases.actions.case_words import Learned, known_words, learn, said_in
from cases.actions.reading import open_seed, open_sheet
from cases.actions.signed_in import StaffKeys
from cases.domain.case_texts import Place, Said
from cases.domain.flows import Flow, State
from cases.domain.reference import ReferenceData
from cases.domain.search import MOST_LINES, Line, Question, folded, lines
from cases.domain.sheets import Sheet
from cases.errors import FactsMalformed, NotFound
from cases.queries.inbox import Cursor
from cases.queries.search import SearchRow, searchable, sheets
from crypto.errors import CryptoError
from crypto.keys import CasePrivateKey, Seed

MOST_FOUND = 20  # cases on one page
AT_ONCE = 250  # cases between two looks at the clock
# Cases that are read whole between two looks: anybody outside can make one long.
READ_AT_ONCE = 25


@dataclass(frozen=True)
class Hit:
    """A case in which every word was found, and lines that show them.

    `sheet` is None when it does not open: the case is damaged.
    """

    case_id: bytes
    flow: Flow
    state: State
    received_on: date
    reference: str | None
    news: bool
    sheet: Sheet | None = field(repr=False)
    lines: tuple[tuple[Place, Line], ...] = field(repr=False)


@dataclass(frozen=True)
class SearchPage:
    """What was found so far.

    Attributes:
        hits: at most twenty.
        looked_at: how many cases were looked at for this page.
        next: where to go on; None when every case was looked at.
        learned: words to keep, for `keep_words`.
    """

    hits: tuple[Hit, ...]
    looked_at: int
    next: Cursor | None
    learned: tuple[Learned, ...]


def search(
    session: Session,
    question: Question,
    keys: StaffKeys,
    rules: ReferenceData,
    after: Cursor | None,
    has_time: Callable[[], bool],
) -> SearchPage:
    """Look through the cases that this person can open, until a page is full or time is up.

    Args:
        session: a reading session is enough.
        question: what to look for.
        keys: the person's.
        rules: in force; a public service is found by its names.
        after: the last case of the page before.
        has_time: whether to go on; asked after every 250 cases, and while some have to be read
            whole after every 25.
    """
    going = _Search(session, question, keys, rules)
    while True:
        rows = searchable(session, keys.holder, after, AT_ONCE)
        for some in _parts(rows):
            for row, matches in going.look(some):
                going.looked_at += 1
                after = Cursor(row.received_on, row.case_id)
                if matches:
                    going.found.append(row)
                    if len(going.found) == MOST_FOUND:
                        return going.page(after)
            if going.has_read and some[-1] is not rows[-1] and not has_time():
                return going.page(after)
        if len(rows) < AT_ONCE:
            return going.page(None)
        if not has_time():
            return going.page(after)


def _parts(rows: list[SearchRow]) -> list[list[SearchRow]]:
    return [rows[at : at + READ_AT_ONCE] for at in range(0, len(rows), READ_AT_ONCE)]


class _Search:
    """One search on its way through the cases."""

    def __init__(
        self, session: Session, question: Question, keys: StaffKeys, rules: ReferenceData
    ) -> None:
        self._session, self._question, self._keys, self._rules = session, question, keys, rules
        self._seeds: dict[bytes, Seed] = {}
        self._learned: list[Learned] = []
        self.found: list[SearchRow] = []
        self.looked_at = 0
        self.has_read = False

    def look(self, rows: list[SearchRow]) -> Iterator[tuple[SearchRow, bool]]:
        """Each case in turn, and whether it holds every word; of damaged ones that it does not."""
        seeds = {row.case_id: seed for row in rows if (seed := self._seed(row))}
        known = {
            row.case_id: words
            for row in rows
            if row.case_id in seeds and (words := known_words(row, seeds[row.case_id])) is not None
        }
        new = [row for row in rows if row.case_id in seeds and row.case_id not in known]
        self.has_read = bool(new)
        known |= self._learn(new, seeds)
        for row in rows:
            matches = self._question.is_in(known.get(row.case_id, ""))
            if matches:
                self._seeds[row.case_id] = seeds[row.case_id]
            yield row, matches

    def page(self, after: Cursor | None) -> SearchPage:
        """What was found, with the lines that show it."""
        keys = {case_id: CasePrivateKey(seed) for case_id, seed in self._seeds.items()}
        said, sealed = said_in(self._session, keys, self._rules), sheets(self._session, list(keys))
        hits = tuple(
            _hit(
                row,
                _sheet(row.case_id, *sealed[row.case_id], keys[row.case_id]),
                _lines(self._question, said[row.case_id]),
            )
            for row in self.found
        )
        return SearchPage(hits, self.looked_at, after, tuple(self._learned))

    def _seed(self, row: SearchRow) -> Seed | None:
        try:
            return open_seed(row.case_id, row.personal_box, row.intake_box, self._keys)
        except (CryptoError, NotFound):
            return None

    def _learn(self, rows: list[SearchRow], seeds: dict[bytes, Seed]) -> dict[bytes, str]:
        if not rows:
            return {}
        keys = {row.case_id: CasePrivateKey(seeds[row.case_id]) for row in rows}
        said, words = said_in(self._session, keys, self._rules), {}
        for row in rows:
            words[row.case_id], learned = learn(row, seeds[row.case_id], said[row.case_id])
            self._learned += [learned] if learned else []
        return words


def _hit(row: SearchRow, sheet: Sheet | None, shown: tuple[tuple[Place, Line], ...]) -> Hit:
    return Hit(
        case_id=row.case_id,
        flow=Flow(row.flow),
        state=State(row.state),
        received_on=row.received_on,
        reference=row.reference,
        news=sheet is not None and row.message_count > sheet.seen.position,
        sheet=sheet,
        lines=shown,
    )


def _sheet(case_id: bytes, body: bytes, key: bytes, private: CasePrivateKey) -> Sheet | None:
    try:
        return open_sheet(case_id, body, key, private)
    except (CryptoError, FactsMalformed):
        return None


def _lines(question: Question, said: list[Said]) -> tuple[tuple[Place, Line], ...]:
    """At most three lines; one that shows a word for the first time comes before others."""
    shown: set[str] = set()
    first: list[tuple[Place, Line]] = []
    more: list[tuple[Place, Line]] = []
    for each in said:
        for line in lines(question, each.text):
            words = {folded(piece.text) for piece in line if piece.found}
            (more if words <= shown else first).append((each.place, line))
            shown |= words
        if len(first) + len(more) >= MOST_LINES and question.is_in("\n".join(shown)):
            break
    return tuple((first + more)[:MOST_LINES])
