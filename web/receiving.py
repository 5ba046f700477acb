"""Taking in a filled-in form, on the portal and in the console: one page, one code, one case.

A form sent twice (a double click, the back button, an answer that was lost) gives the same receipt
code and one case: the code is drawn from the page's draft and the browser's token.
"""

from dataclasses import dataclass
from datetime import date

from cases.actions import mailboxes
from cases.actions.conflicts import kept_away
from cases.actions.intake import Submission, receive
from cases.domain.facts import Facts
from crypto.errors import UnknownWord, WrongWordCount
from crypto.receipt import ReceiptCode, ReceiptKeys, derive, draw_code, read_code
from web.cookies import browser
from web.csrf import CSRFError
from web.database import db
from web.forms.drafts import read_draft
from web.reference import reference
from web.services import services

# The facts, who must not read them, and whom the person meant besides.
_Said = tuple[Facts, frozenset[bytes], str]


class PageOutdated(CSRFError):
    """The page lost its draft; it is shown again with a new one, as when its token expired."""


@dataclass(frozen=True, repr=False)
class TakenIn:
    """What became of a form that was sent.

    Attributes:
        code: to be shown once.
        case_id: of the case that is there now.
        repeated: the case was there already, and nothing was written.
        differs: the form was sent again with other answers; the first ones count.
    """

    code: ReceiptCode
    case_id: bytes
    repeated: bool
    differs: bool


def take_in(draft: str | None, submission: Submission, language: str, received_on: date) -> TakenIn:
    """Make a case of a valid form, or find the one that this very page made before.

    Args:
        draft: of the page, as it came back.
        submission: the answers.
        language: whose words the receipt code is made of.
        received_on: the day from which the terms run.

    Raises:
        PageOutdated: the page lost its draft.
        Busy, RosterRejected.
    """
    random = read_draft(draft)
    if random is None:
        raise PageOutdated
    code = draw_code(random, browser().ensure().binding, language)
    with services().kdf_gate.place():
        keys = derive(code, services().settings.receipt_cost)
    received = receive(
        db(), submission, keys.address, services().roster(), received_on, reference()
    )
    differs = received.repeated and _said(submission) not in _held(keys)
    return TakenIn(code, received.case_id, received.repeated, differs)


def code_sent_back(text: str | None) -> ReceiptCode | None:
    """The code that our own page showed and sent along, as it showed it; None for anything else."""
    words = (text or "").split()
    try:
        read_code(" ".join(words))
    except (UnknownWord, WrongWordCount):
        return None
    return ReceiptCode(tuple(words))


def _said(submission: Submission) -> _Said:
    """Whom the roster keeps away is kept away from this too, named or not."""
    roster, authority = services().roster().roster, submission.facts.authority
    excluded = kept_away(roster, submission.excluded, authority)
    return submission.facts, excluded, submission.excluded_other


def _held(keys: ReceiptKeys) -> list[_Said]:
    """The answers that the mailbox of this code already holds."""
    session, now = db(), services().now()
    token = mailboxes.sign_in(session, keys, now).token
    thread = mailboxes.mailbox_thread(session, mailboxes.open_mailbox(session, token, now))
    mailboxes.sign_out(session, token)
    return [
        (message.facts, frozenset(message.excluded), message.excluded_other)
        for message in thread.messages
        if message.facts
    ]
