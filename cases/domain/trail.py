"""What the trail records. What the portal does is recorded by day, never by time."""

from enum import StrEnum


class TrailEvent(StrEnum):
    """One entry of the trail."""

    OFFICE_FOUNDED = "office_founded"
    PERSON_INVITED = "person_invited"
    # Of rosters signed by one hand for another year; now proposed and accepted like any other.
    ROSTER_RENEWED = "roster_renewed"
    ROSTER_PROPOSED = "roster_proposed"
    ROSTER_SIGNED = "roster_signed"
    ROSTER_ACCEPTED = "roster_accepted"
    ROSTER_ACKNOWLEDGED = "roster_acknowledged"
    PERSON_ENROLLED = "person_enrolled"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    CASE_RECEIVED = "case_received"
    REPORTER_WROTE = "reporter_wrote"
    MAILBOX_DELETED = "mailbox_deleted"
    OFFICE_REPLIED = "office_replied"
    NOTE_ADDED = "note_added"
    CASE_ACTED_ON = "case_acted_on"
    CASE_TAKEN = "case_taken"
    CASE_SHARED = "case_shared"
    CASE_GIVEN_BACK = "case_given_back"
    CASE_TYPED_IN = "case_typed_in"
    REPORTER_ACTED = "reporter_acted"
    SERVICE_ANSWERED = "service_answered"
    DAY_PASSED = "day_passed"
    REFERENCE_DATA_EDITED = "reference_data_edited"
    EMAIL_CHANGED = "email_changed"
    FILE_SCANNED = "file_scanned"
    FILE_CLEANED = "file_cleaned"
    CASE_EXPORTED = "case_exported"
    CASE_OPENED = "case_opened"
    FILE_OPENED = "file_opened"
    TRAIL_READ = "trail_read"
    TRAIL_SIGNED = "trail_signed"
    # With the custodians' shares: the key was put together, a case was given, shares were dealt.
    RECOVERY_KEY_USED = "recovery_key_used"
    CASE_RECOVERED = "case_recovered"
    SHARES_DEALT = "shares_dealt"
    # What a person signs in with.
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    TOTP_CHANGED = "totp_changed"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105 - a name
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    FACTOR_RESET_ASKED = "factor_reset_asked"
    FACTOR_RESET_APPROVED = "factor_reset_approved"
    FACTOR_RESET_USED = "factor_reset_used"
    # Who may sign in, and who holds what.
    SESSIONS_ENDED = "sessions_ended"
    PERSON_SUSPENDED = "person_suspended"
    PERSON_RESTORED = "person_restored"
    CASE_HANDED_OVER = "case_handed_over"
    PERSON_EXCLUDED = "person_excluded"
    CASE_KEY_CHANGED = "case_key_changed"
    INTAKE_KEY_PROPOSED = "intake_key_proposed"
    CASE_REGRANTED = "case_regranted"
    INTAKE_KEY_DESTROYED = "intake_key_destroyed"
    # Who learned the name that a reporter gave in confidence.
    IDENTITY_ASKED = "identity_asked"
    IDENTITY_APPROVED = "identity_approved"
    IDENTITY_REFUSED = "identity_refused"
    IDENTITY_READ = "identity_read"
    IDENTITY_REQUEST_ENDED = "identity_request_ended"
    IDENTITY_SHARES_DEALT = "identity_shares_dealt"
    # The entries about a case outlive it; this is the last of them.
    CASE_ERASED = "case_erased"


PORTAL_EVENTS = frozenset(
    {
        TrailEvent.CASE_RECEIVED,
        TrailEvent.REPORTER_WROTE,
        TrailEvent.REPORTER_ACTED,
        TrailEvent.MAILBOX_DELETED,
        TrailEvent.SERVICE_ANSWERED,
        TrailEvent.DAY_PASSED,
    }
)
