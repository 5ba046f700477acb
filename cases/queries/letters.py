"""The office's letter templates: the shipped texts with the office's own over them."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.domain.letters import Letters, letters_from
from cases.models import Staff
from cases.models.reference import ReferenceEdit
from cases.queries.reference_data import changes

# What an edit of a letter is filed under, beside the kinds of `cases.domain.reference`.
KIND = "letter"


@dataclass(frozen=True)
class LetterEdit:
    """One change of a template; `texts` None is the office taking its own words back."""

    position: int
    at: datetime
    actor: str
    texts: dict[str, str] | None


def letters(session: Session) -> Letters:
    """Every template as the office keeps it now."""
    return letters_from({each.key: each.row for each in changes(session) if each.kind == KIND})


def letter_history(session: Session, key: str) -> tuple[LetterEdit, ...]:
    """Every change of one template, the newest first."""
    found = session.execute(
        select(ReferenceEdit, Staff.name)
        .outerjoin(Staff, Staff.id == ReferenceEdit.actor_id)
        .where(ReferenceEdit.kind == KIND, ReferenceEdit.key == key)
        .order_by(ReferenceEdit.position.desc())
    )
    return tuple(
        LetterEdit(edit.position, edit.at, name or "", json.loads(edit.body) if edit.body else None)
        for edit, name in found
    )
