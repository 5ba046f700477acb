"""Changing the texts that messages and letters start from."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from cases.actions.reference_data import keep_change
from cases.actions.signed_in import SignedIn, require
from cases.domain.letters import shipped_letters, template_from
from cases.domain.policies import permitted
from cases.domain.reference.changes import Change
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.queries.letters import KIND, letters


def change_letter(
    session: Session,
    key: str,
    texts: Mapping[str, str] | None,
    by: SignedIn,
    now: datetime,
    seen: int,
) -> None:
    """Give one template the office's own texts, or None: the shipped ones again.

    Texts that stay the same are not kept again, and texts equal to the shipped ones are kept as
    a return to those.

    Args:
        session: a writing session.
        key: of a template that ships; NotFound for another.
        texts: one for each language.
        by: who changes it, with the permission to; Refused otherwise.
        now: aware.
        seen: how many changes the template had when the person read it.

    Raises:
        LetterInvalid: a text is empty or holds a placeholder that does not exist.
        StaleRow: somebody else changed it since.
    """
    require(permitted(by.member.roles, Permission.EDIT_REFERENCE_DATA))
    shipped = shipped_letters().by_key(key)
    if shipped is None:
        raise NotFound
    wanted = shipped if texts is None else template_from(key, texts)
    if wanted == letters(session).by_key(key):
        return
    row = None if wanted == shipped else dict(wanted.texts)
    keep_change(session, Change(KIND, key, row), by, now, seen)
