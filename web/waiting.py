"""The queue as a visitor meets it: a page that keeps what she typed, and her place with it.

Without a script she waits ten seconds and presses the button again. With one the browser solves the
puzzle of her ticket and goes on by itself (static/wait.js).
"""

from contextlib import AbstractContextManager

from flask import g, has_request_context, request

from web import headers
from web.clock import Clock
from web.kdf_gate import KdfGate, Lane
from web.tickets import ZERO_BITS, Tickets

# The names of the fields; web/templates/zegel/forms.html has them.
TICKET, WORK = "ticket", "work"


class WaitingRoom:
    """The gate before Argon2id, and the tickets for it."""

    def __init__(self, gate: KdfGate, tickets: Tickets, clock: Clock) -> None:
        self.gate = gate
        self._tickets = tickets
        self._clock = clock

    def place(self) -> AbstractContextManager[None]:
        """Hold one slot, by the ticket that this request brought. Entering raises Busy."""
        return self.gate.place(self._lane())

    def keep_place(self) -> None:
        """Have the page that is shown now carry a ticket, in the form that was sent."""
        g.ticket = self._tickets.renew(request.form.get(TICKET, ""), self._seconds())

    def _lane(self) -> Lane:
        if not has_request_context():
            return Lane.NEW
        form = request.form
        return self._tickets.lane(form.get(TICKET, ""), form.get(WORK, ""), self._seconds())

    def _seconds(self) -> int:
        return int(self._clock.now().timestamp())


def words() -> dict[str, object]:
    """For templates: the ticket of a form, or nothing, and how hard its puzzle is."""
    return {"waiting_ticket": _ticket, "puzzle_bits": ZERO_BITS}


def _ticket(action: str) -> str:
    """The ticket of a form, by where it goes; its page may run the script that uses it."""
    ticket = str(g.get("ticket", ""))
    if not ticket or action != request.path:
        return ""
    headers.allow(headers.SCRIPT_POLICY)
    return ticket
