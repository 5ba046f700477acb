"""The case a page is about, opened with the keys of the person who asks."""

from cases.actions.reading import OpenCase, open_case
from cases.errors import NotFound
from cases.queries.cases import case_id_by_reference
from reviewer.forms import without_controls
from reviewer.session import signed_in
from web.database import db

CASE_ID_BYTES = 16


def opened(case_id: str) -> OpenCase:
    """The case with this id in hexadecimal.

    Raises NotFound: malformed, absent or not for this person, which look alike.
    """
    return open_case(db(), identifier(case_id), signed_in().keys)


def identifier(shown: str) -> bytes:
    """The id of a case, or of what belongs to one, from an address. Raises NotFound."""
    try:
        found = bytes.fromhex(shown)
    except ValueError:
        raise NotFound from None
    if len(found) != CASE_ID_BYTES:
        raise NotFound
    return found


def opened_by_reference(typed: str) -> OpenCase:
    """The case with this reference.

    Raises NotFound: absent or not for this person, which look alike.
    """
    found = case_id_by_reference(db(), as_reference(typed))
    if found is None:
        raise NotFound
    return open_case(db(), found, signed_in().keys)


def as_reference(typed: str) -> str:
    """A reference as the office gives it, from one typed in small letters or between blanks."""
    return without_controls(typed).strip().upper()
