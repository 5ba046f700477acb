"""Tickets for who was asked to come back: a page carries one, and it names nobody.

A ticket is a moment and a random number under our signature; nothing of it is stored but the
numbers of used ones, in memory, for ten minutes. Who comes back with one that is old enough waits
in a lane of their own. A browser that runs scripts may solve a puzzle at once instead: a number
with which the ticket's SHA-256 begins with so many zero bits. It costs a phone a second or two. It
is a quicker lane and no wall: a program of the flood's own solves it faster, and meets the bound of
that lane.
"""

import secrets
from hashlib import sha256
from threading import Lock

from itsdangerous import BadSignature, Signer

from web.kdf_gate import Lane

WAIT_SECONDS = 10
LONGEST_SECONDS = 600
# Half of 2^17 tries on average.
ZERO_BITS = 17
_RANDOM_BYTES = 16
_LONGEST_WORK = 20


class Tickets:
    """Issues tickets and says what one is worth. `secret`: the same in every process."""

    def __init__(self, secret: bytes) -> None:
        self._signer = Signer(secret, salt="zegel.ticket", digest_method=sha256)
        self._used: dict[str, int] = {}
        self._lock = Lock()

    def renew(self, ticket: str, now: int) -> str:
        """A new ticket, from the same moment on as one that is still good: the place is kept.

        Args:
            ticket: what the page carried; may be anything.
            now: seconds since 1970.
        """
        since = self._since(ticket)
        if since is None or not 0 <= now - since <= LONGEST_SECONDS:
            since = now
        return self._signer.sign(f"{since}.{secrets.token_hex(_RANDOM_BYTES)}").decode()

    def lane(self, ticket: str, work: str, now: int) -> Lane:
        """Where its bearer waits; once for each ticket."""
        since = self._since(ticket)
        if since is None or not 0 <= now - since <= LONGEST_SECONDS:
            return Lane.NEW
        if solves(ticket, work):
            lane = Lane.WORKED
        elif now - since >= WAIT_SECONDS:
            lane = Lane.WAITED
        else:
            return Lane.NEW
        return lane if self._use(ticket, now) else Lane.NEW

    def _since(self, ticket: str) -> int | None:
        try:
            return int(self._signer.unsign(ticket).partition(b".")[0])
        except (BadSignature, ValueError):
            return None

    def _use(self, ticket: str, now: int) -> bool:
        with self._lock:
            self._forget(now)
            if ticket in self._used:
                return False
            self._used[ticket] = now
            return True

    def _forget(self, now: int) -> None:
        # The first of them are the oldest.
        while self._used:
            oldest = next(iter(self._used))
            if now - self._used[oldest] <= LONGEST_SECONDS:
                return
            del self._used[oldest]


def solves(ticket: str, work: str) -> bool:
    """Whether this number is the answer to the ticket's puzzle."""
    if not work or len(work) > _LONGEST_WORK:
        return False
    found = sha256(f"{ticket}.{work}".encode()).digest()
    return int.from_bytes(found) >> (len(found) * 8 - ZERO_BITS) == 0
