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
