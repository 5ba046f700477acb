"""The intake keys of a person as the database holds them now, without signing in again."""

from dataclasses import replace

from sqlalchemy import select

from cases.actions.signed_in import SignedIn
from cases.models import IntakeGrant
from crypto.grants import open_intake_grant
from tests.support.office import Office


def with_keys_of_now(office: Office, login: str) -> SignedIn:
    """The person with the intake keys that she holds now, as her next session opens them."""
    person = office.signed_in(login)
    mine = select(IntakeGrant.box).where(IntakeGrant.staff_id == person.member.id)
    with office.database.reading() as session:
        boxes = session.scalars(mine.order_by(IntakeGrant.since.desc())).all()
    held = tuple(open_intake_grant(box, person.keys.personal) for box in boxes)
    newest = held[0] if held else None
    return replace(person, keys=replace(person.keys, intake=newest, earlier_intake=held[1:]))
