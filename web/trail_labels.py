"""The words for what stands on the trail."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext

from cases.domain.trail import TrailEvent

TRAIL_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    TrailEvent: {
        TrailEvent.OFFICE_FOUNDED: lazy_pgettext("entry of the trail", "Office founded"),
        TrailEvent.PERSON_INVITED: lazy_pgettext("entry of the trail", "Person invited"),
        TrailEvent.ROSTER_RENEWED: lazy_pgettext("entry of the trail", "Roster renewed"),
        TrailEvent.ROSTER_PROPOSED: lazy_pgettext("entry of the trail", "Roster proposed"),
        TrailEvent.ROSTER_SIGNED: lazy_pgettext("entry of the trail", "Roster signed"),
        TrailEvent.ROSTER_ACCEPTED: lazy_pgettext("entry of the trail", "Roster put in force"),
        TrailEvent.ROSTER_ACKNOWLEDGED: lazy_pgettext("entry of the trail", "Roster change read"),
        TrailEvent.PERSON_ENROLLED: lazy_pgettext("entry of the trail", "First sign-in done"),
        TrailEvent.SIGNED_IN: lazy_pgettext("entry of the trail", "Signed in"),
        TrailEvent.SIGN_IN_FAILED: lazy_pgettext("entry of the trail", "Sign-in failed"),
        TrailEvent.SIGNED_OUT: lazy_pgettext("entry of the trail", "Signed out"),
        TrailEvent.CASE_RECEIVED: lazy_pgettext("entry of the trail", "Case received"),
        TrailEvent.REPORTER_WROTE: lazy_pgettext("entry of the trail", "Reporter wrote"),
        TrailEvent.MAILBOX_DELETED: lazy_pgettext("entry of the trail", "Mailbox deleted"),
        TrailEvent.OFFICE_REPLIED: lazy_pgettext("entry of the trail", "Office replied"),
        TrailEvent.NOTE_ADDED: lazy_pgettext("entry of the trail", "Note added"),
        TrailEvent.CASE_ACTED_ON: lazy_pgettext("entry of the trail", "Step taken"),
        TrailEvent.CASE_TAKEN: lazy_pgettext("entry of the trail", "Case taken"),
        TrailEvent.CASE_SHARED: lazy_pgettext("entry of the trail", "Case shared"),
        TrailEvent.CASE_GIVEN_BACK: lazy_pgettext("entry of the trail", "Case given back"),
        TrailEvent.CASE_TYPED_IN: lazy_pgettext("entry of the trail", "Case typed in"),
        TrailEvent.REPORTER_ACTED: lazy_pgettext("entry of the trail", "Reporter took a step"),
        TrailEvent.SERVICE_ANSWERED: lazy_pgettext("entry of the trail", "Service answered"),
        TrailEvent.DAY_PASSED: lazy_pgettext("entry of the trail", "A wait ended"),
        TrailEvent.REFERENCE_DATA_EDITED: lazy_pgettext(
            "entry of the trail", "Reference data changed"
        ),
        TrailEvent.EMAIL_CHANGED: lazy_pgettext("entry of the trail", "Work address changed"),
        TrailEvent.FILE_SCANNED: lazy_pgettext("entry of the trail", "File scanned"),
        TrailEvent.FILE_CLEANED: lazy_pgettext("entry of the trail", "Clean copy made"),
        TrailEvent.CASE_EXPORTED: lazy_pgettext("entry of the trail", "Case exported"),
        TrailEvent.CASE_OPENED: lazy_pgettext("entry of the trail", "Case opened"),
        TrailEvent.FILE_OPENED: lazy_pgettext("entry of the trail", "File opened"),
        TrailEvent.TRAIL_READ: lazy_pgettext("entry of the trail", "Trail read"),
        TrailEvent.TRAIL_SIGNED: lazy_pgettext("entry of the trail", "Trail signed"),
        TrailEvent.RECOVERY_KEY_USED: lazy_pgettext("entry of the trail", "Recovery key used"),
        TrailEvent.CASE_RECOVERED: lazy_pgettext(
            "entry of the trail", "Case given with the recovery key"
        ),
        TrailEvent.SHARES_DEALT: lazy_pgettext("entry of the trail", "New recovery shares made"),
        TrailEvent.PASSKEY_ADDED: lazy_pgettext("entry of the trail", "Passkey added"),
        TrailEvent.PASSKEY_REMOVED: lazy_pgettext("entry of the trail", "Passkey removed"),
        TrailEvent.TOTP_CHANGED: lazy_pgettext("entry of the trail", "One-time codes set up anew"),
        TrailEvent.PASSPHRASE_CHANGED: lazy_pgettext("entry of the trail", "Passphrase changed"),
        TrailEvent.RECOVERY_CODES_MADE: lazy_pgettext("entry of the trail", "Recovery codes made"),
        TrailEvent.RECOVERY_CODE_USED: lazy_pgettext("entry of the trail", "Recovery code used"),
        TrailEvent.FACTOR_RESET_ASKED: lazy_pgettext(
            "entry of the trail", "New second factor asked for"
        ),
        TrailEvent.FACTOR_RESET_APPROVED: lazy_pgettext(
            "entry of the trail", "New second factor approved"
        ),
        TrailEvent.FACTOR_RESET_USED: lazy_pgettext(
            "entry of the trail", "New second factor set up"
        ),
        TrailEvent.SESSIONS_ENDED: lazy_pgettext("entry of the trail", "Sessions ended"),
        TrailEvent.PERSON_SUSPENDED: lazy_pgettext("entry of the trail", "Person suspended"),
        TrailEvent.PERSON_RESTORED: lazy_pgettext("entry of the trail", "Person restored"),
        TrailEvent.CASE_HANDED_OVER: lazy_pgettext("entry of the trail", "Case handed over"),
        TrailEvent.PERSON_EXCLUDED: lazy_pgettext(
            "entry of the trail", "Person kept away from a case"
        ),
        TrailEvent.CASE_KEY_CHANGED: lazy_pgettext("entry of the trail", "New key for a case"),
        TrailEvent.INTAKE_KEY_PROPOSED: lazy_pgettext(
            "entry of the trail", "New intake key proposed"
        ),
        TrailEvent.CASE_REGRANTED: lazy_pgettext(
            "entry of the trail", "Case sealed to the new intake key"
        ),
        TrailEvent.INTAKE_KEY_DESTROYED: lazy_pgettext(
            "entry of the trail", "Old intake key destroyed"
        ),
        TrailEvent.IDENTITY_ASKED: lazy_pgettext("entry of the trail", "Identity asked for"),
        TrailEvent.IDENTITY_APPROVED: lazy_pgettext(
            "entry of the trail", "Identity request approved"
        ),
        TrailEvent.IDENTITY_REFUSED: lazy_pgettext(
            "entry of the trail", "Identity request refused"
        ),
        TrailEvent.IDENTITY_READ: lazy_pgettext("entry of the trail", "Identity read"),
        TrailEvent.IDENTITY_REQUEST_ENDED: lazy_pgettext(
            "entry of the trail", "Identity request ended"
        ),
        TrailEvent.IDENTITY_SHARES_DEALT: lazy_pgettext(
            "entry of the trail", "New identity shares made"
        ),
        TrailEvent.CASE_ERASED: lazy_pgettext("entry of the trail", "Case erased"),
    }
}
