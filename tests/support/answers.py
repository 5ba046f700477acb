"""What people answer on the portal's forms, by the names of the questions: one of each form."""

from collections.abc import Sequence

Answer = str | Sequence[str]

REPORT: dict[str, Answer] = {
    "authority": "actiris",
    "what": "Invoices for work that nobody did.",
    "internal_channel": "not_used",
    "internal_reasons": ("reprisals_feared", "leaders_involved"),
    "internal_reason_detail": "The director signs them.",
    "reprisals": "feared",
    "reprisals_feared": "My contract ends in June.",
}
COMPLAINT: dict[str, Answer] = {
    "authority": "unknown",
    "problem": "A fine for a car that was sold.",
    "facts_on-day": "27",
    "facts_on-month": "3",
    "facts_on-year": "2026",
    "contacted_first": "yes_unsatisfied",
    "service_answer": "Pay first.",
    "hopes": "That the fine goes away.",
    "name": "Marie Example",
    "email": "marie@example.org",
}
PROTECTION: dict[str, Answer] = {
    "authority": "actiris",
    "what": "I was moved to the depot the week after my report.",
    "ground": "reported_internally",
    "may_contact_employer": "yes",
    "name": "Noor Example",
    "email": "noor@example.org",
}
