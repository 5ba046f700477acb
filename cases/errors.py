"""Everything that `cases` raises on purpose, by whose fault it is.

No message holds anything secret: no text of a case, no name, no code, no key.
"""

from datetime import date

from cases.reasons import PassphraseFlaw, Reason, RowProblem
from cases.saying import said


class CasesError(Exception):
    """Root of this package's errors."""


# The caller asked for what the rules refuse.


class NotFound(CasesError):
    """The thing is not there, or this person cannot open it: outside, the two look alike."""


class Refused(CasesError):
    """A rule says no; `reason` is its code."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class StaleCase(CasesError):
    """Someone else changed the case since it was read; read it again and decide anew."""


class MessageRequired(CasesError):
    """The reporter must read a message with this, and it is empty."""


class ReasonRequired(CasesError):
    """The file must hold a written reason for this, and it is empty."""


class NoticeRequired(CasesError):
    """The public service must be told of this, and the text for it is empty."""


class TextTooLong(CasesError):
    """A text is longer than `limit` characters."""

    def __init__(self, limit: int) -> None:
        super().__init__(said("longer than %(limit)s characters", limit=limit))
        self.limit = limit


class LoginTaken(CasesError):
    """Another person of the office has this login already."""


class InvalidLogin(CasesError):
    """A login is two to sixty of a to z, 0 to 9, dot, dash and underscore."""


class InvalidWorkAddress(CasesError):
    """What was typed cannot be an e-mail address."""


class OfficeIncomplete(CasesError):
    """The people named cannot found an office; the text says who is missing."""


class OfficeExists(CasesError):
    """This database holds an office already; a second one cannot be founded in it."""


class RowRefused(CasesError):
    """A row of reference data cannot be used; `column` names the column that is wrong.

    `kind` and `key` name the row where several were looked at.
    """

    def __init__(
        self, problem: RowProblem, column: str = "", kind: str = "", key: str = ""
    ) -> None:
        said = problem.value.replace("_", " ")
        super().__init__(f"column {column}: {said}" if column else said)
        self.problem = problem
        self.column = column
        self.kind = kind
        self.key = key


class ImportRefused(CasesError):
    """A file of reference data cannot be read; the text says where and why, in one line."""


class LetterInvalid(CasesError):
    """A text for a letter cannot be used; the message says which, in which language and why."""


class StaleErasure(CasesError):
    """The cases to be erased are not those of the list that was read; read it again."""


class StaleRow(CasesError):
    """Someone else changed this row of reference data since it was read."""


# The person could not prove what was asked.


class SessionEnded(CasesError):
    """The session is unknown, too old, idle for too long or destroyed."""


class WordsOpenedNothing(SessionEnded):
    """Wrong words were typed a moment ago, at `place`; `typed` gives them back, to be put right."""

    def __init__(self, place: bytes, typed: str) -> None:
        super().__init__()
        self.place, self.typed = place, typed


class InvitationRefused(CasesError):
    """The login and invitation code do not fit, or the invitation is used or expired."""


class WrongOneTimeCode(CasesError):
    """The one-time code is not the current one, or was used already."""


class WeakPassphrase(CasesError):
    """The passphrase is too easy to guess; `flaws` says in which ways."""

    def __init__(self, flaws: tuple[PassphraseFlaw, ...]) -> None:
        super().__init__(", ".join(flaw.value for flaw in flaws))
        self.flaws = flaws


class NotTheRecoveryKey(CasesError):
    """The shares fit together, but what they give is not the recovery key of this office."""

    def __init__(self) -> None:
        super().__init__(
            said("these shares fit together, but are not of this office's recovery key")
        )


class NoRecipient(CasesError):
    """Cases cannot be given to this person; the text says why."""


class NoSuchReference(CasesError):
    """No case has this reference; whoever typed it has another one."""

    def __init__(self, reference: str) -> None:
        super().__init__(said("no case has the reference %(reference)s", reference=reference))


class IntakeKeyNeeded(CasesError):
    """An earlier intake key cannot be destroyed yet; the caller ran too early."""

    def __init__(self, waiting: int, ends_on: date) -> None:
        super().__init__(
            said(
                "an earlier intake key is needed until %(day)s; cases granted to it: %(waiting)s",
                day=ends_on,
                waiting=waiting,
            )
        )


class NobodyLeft(CasesError):
    """Everybody who receives new cases is excluded from this one: nobody could read it."""


class TooFewCustodians(CasesError):
    """So many custodians are excluded that nobody could ever open the reporter's identity."""


# What is stored cannot be used.


class CaseDamaged(CasesError):
    """A key of the person should open the case, but what is stored does not open."""


class CaseKeyUnproven(CasesError):
    """A message names a new key of the case, and no roster here shows that the office gave it."""


class FactsMalformed(CasesError):
    """What an envelope held is not what this version of the program writes."""


class RosterUnusable(CasesError):
    """The roster's files are missing, unreadable or cannot be written; the text says which."""


class TombstonesUnusable(CasesError):
    """The list of erased cases is unreadable or cannot be written; one clear line."""


class UploadLost(CasesError):
    """A file was to be kept, but nothing of its upload is left: it took more than a day."""


class EvidenceForeign(CasesError):
    """Most objects of the evidence store belong to no row: of another database, or a later day."""

    def __init__(self, without_row: int, stored: int) -> None:
        super().__init__(
            said(
                "%(without_row)s of %(stored)s stored files are not in this database, so none was"
                " removed: is it the right one, and not an older copy?"
                " `zegel evidence sweep --all` removes them",
                without_row=without_row,
                stored=stored,
            )
        )


class EvidenceUnusable(CasesError):
    """The evidence store cannot be reached, read or written; one clear line."""


class BackupDamaged(CasesError):
    """What a backup holds is not what a backup of Zegel holds, though its encryption is whole."""

    def __init__(self) -> None:
        super().__init__(
            said("this is no backup of Zegel, or not a whole one: nothing was restored")
        )


class BackupRefused(CasesError):
    """A backup cannot be made or brought back here; the text says why, in one line."""


class DatabaseUnusable(CasesError):
    """The database cannot be reached, is damaged or belongs to a newer version; one clear line."""
