"""Who is signed in: found once per request, from the token in the cookie.

The personal key is opened from the session row with that token and lives in this request only.
"""

from flask import g
from werkzeug.exceptions import Forbidden

from cases.actions.signed_in import SignedIn
from cases.actions.staff import open_staff_session, touch
from cases.domain.roles import Permission, StaffMember
from cases.errors import SessionEnded
from reviewer.openings import tell_of_case
from web.cookies import browser
from web.services import services


def authorise(permission: Permission) -> None:
    """Let the request through to a view that needs the permission; which case it opens is told.

    Raises SessionEnded when nobody is signed in any more, Forbidden when the person may not.
    """
    person = signed_in()
    if not person.member.may(permission):
        raise Forbidden
    tell_of_case(person)


def signed_in() -> SignedIn:
    """The person who asks, with her keys. Raises SessionEnded."""
    found = current()
    if found is None:
        found = g.signed_in = _open()
    return found


def current() -> SignedIn | None:
    """The person who asks where this request already asked for her, else None."""
    found = g.get("signed_in")
    return found if isinstance(found, SignedIn) else None


def home_page(member: StaffMember) -> str:
    """The endpoint to begin at: the first that the roles open, or the account."""
    pages = (
        (Permission.SEE_CASES, "inbox.cases"),
        (Permission.GUARD_IDENTITIES, "custody.page"),
        (Permission.READ_TRAIL, "trail.page"),
    )
    return next((page for permission, page in pages if member.may(permission)), "account.page")


def _open() -> SignedIn:
    token = browser().token
    if token is None:
        raise SessionEnded
    here = services()
    with here.database.reading() as session:
        found = open_staff_session(session, token, here.now())
    # A transaction of its own, before the view's, so that a view that only reads stays read only.
    with here.database.writing() as session:
        touch(session, token, here.now())
    return found
