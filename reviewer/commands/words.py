"""The words for codes that only the command line says; the others are in `web/labels.py`."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from cases.actions.identity_dealing import Dealt
from cases.actions.recovery import Fault
from crypto.errors import RosterFault, SharesFault

TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    Dealt: {
        Dealt.ANEW: _("dealt anew"),
        Dealt.ALREADY: _("held by the custodians in force already"),
        Dealt.TOO_FEW_SHARES: _("those who signed in hold too few shares of it"),
        Dealt.TOO_FEW_CUSTODIANS: _("too few custodians are left who may hold a share of it"),
        Dealt.DAMAGED: _("it does not open"),
    },
    Fault: {
        Fault.NOT_GRANTED: _("it is not granted to the recovery key"),
        Fault.GRANT: _("its key does not open"),
        Fault.CASE: _("its submission, sheet or history does not open"),
        Fault.THREAD: _("messages are missing, altered or shut"),
        Fault.NOTES: _("a note does not open"),
        Fault.ANSWER: _("the answer of a public service does not open"),
        Fault.FILES: _("files are missing, or no step names them"),
    },
    RosterFault: {
        RosterFault.EMPTY: _("no roster was given"),
        RosterFault.MALFORMED: _("a file is not a roster"),
        RosterFault.NOT_PINNED: _("the first roster is not the pinned one"),
        RosterFault.SERIAL_GAP: _("a serial number is missing or repeated"),
        RosterFault.WRONG_PREVIOUS: _("a roster does not follow the one before it"),
        RosterFault.NOT_ENOUGH_SIGNATURES: _("too few signers of the previous roster signed"),
        RosterFault.ISSUED_IN_FUTURE: _(
            "the roster is dated after today or before the one it follows"
        ),
        RosterFault.EXPIRED: _("the roster has expired"),
        RosterFault.ROLLED_BACK: _("a newer roster was in force here before"),
        RosterFault.FORKED: _("another roster with this number was in force here before"),
    },
    SharesFault: {
        SharesFault.MALFORMED: _("a share is mistyped or of another kind"),
        SharesFault.NOT_ENOUGH: _("too few different shares"),
        SharesFault.MIXED: _("the shares belong to different secrets"),
    },
}


def words_of(code: StrEnum) -> str:
    """The words for a code of these tables, in the operator's language."""
    return str(TABLES[type(code)][code])
