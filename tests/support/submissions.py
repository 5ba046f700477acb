"""Reports and complaints for tests, and the receipt keys that come with them."""

import os
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cases.actions.intake import Received, Submission, receive
from cases.domain.facts import (
    ComplainantIdentity,
    ComplaintFacts,
    ContactedFirst,
    ContactWay,
    Facts,
    HowKnown,
    Identity,
    InternalChannel,
    InternalReason,
    Proceedings,
    ProtectionFacts,
    ProtectionGround,
    Relation,
    ReportFacts,
    Reprisals,
    YesNo,
)
from cases.domain.reference import shipped
from crypto.kdf import KdfCost
from crypto.receipt import DRAFT_SIZE, ReceiptKeys, derive, draw_code
from crypto.roster import VerifiedRoster

WEAK = KdfCost(memory_kib=8, iterations=1, lanes=1)

REPORT = ReportFacts(
    authority="actiris",
    what="Invoices for work that nobody did.\nEvery month since January.",
    language="nl",
    when_where="since January, in the depot",
    how_known=HowKnown.DOCUMENTS,
    how_known_detail="copies of the invoices",
    relation=Relation.FORMER_STAFF,
    internal_channel=InternalChannel.NOT_USED,
    internal_reasons=(InternalReason.LEADERS_INVOLVED, InternalReason.REPRISALS_FEARED),
    reprisals=Reprisals.FEARED,
)
COMPLAINT = ComplaintFacts(
    authority="parking",
    problem="A fine for a car that was sold.",
    language="fr",
    contacted_first=ContactedFirst.YES_UNSATISFIED,
    service_answer="pay",
    facts_on=date(2026, 1, 15),
    hopes="that the fine goes away",
    service_reference="P-1",
    identity=ComplainantIdentity(
        "Marie Test", "marie@example.org", "02", "Rue 1", ContactWay.EMAIL
    ),
)
PROTECTION = ProtectionFacts(
    authority="actiris",
    what="I was moved to the depot the week after my report.",
    language="nl",
    ground=ProtectionGround.REPORTED_INTERNALLY,
    reported_when="in March",
    measure_on=date(2026, 10, 5),
    author="the head of the depot",
    employer_reason="a reorganisation",
    asks="my old place back",
    may_contact_employer=YesNo.YES,
    proceedings=Proceedings.NONE,
    identity=ComplainantIdentity("Noor Test", "noor@example.org"),
)
IDENTITY = Identity("Jan Test", "jan@example.org")


def report(**changes: Any) -> ReportFacts:
    """A report that differs from the usual one in these answers."""
    return replace(REPORT, **changes)


def complaint(**changes: Any) -> ComplaintFacts:
    """A complaint that differs from the usual one in these answers."""
    return replace(COMPLAINT, **changes)


def protection(**changes: Any) -> ProtectionFacts:
    """A request for protection that differs from the usual one in these answers."""
    return replace(PROTECTION, **changes)


def receipt_keys() -> ReceiptKeys:
    """The keys of a new receipt code, derived cheaply."""
    return derive(draw_code(os.urandom(DRAFT_SIZE), bytes(32), "en"), WEAK)


def submit(
    session: Session,
    roster: VerifiedRoster,
    today: date,
    facts: Facts = REPORT,
    identity: Identity | None = None,
    keys: ReceiptKeys | None = None,
    excluded: frozenset[bytes] = frozenset(),
) -> tuple[Received, ReceiptKeys]:
    """Send a form; gives the case and the way back to it."""
    keys = keys or receipt_keys()
    submission, rules = Submission(facts, identity, excluded=excluded), shipped()
    return receive(session, submission, keys.address, roster, today, rules), keys
