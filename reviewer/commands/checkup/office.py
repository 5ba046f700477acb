"""Whether the office's own state is right: tables, roles, roster, backup, uploads."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import ngettext

from cases import roster_store
from cases.actions import evidence
from cases.actions.database_fitness import overwrites_what_it_deletes, wrong_privileges
from cases.actions.database_roles import CONSOLE_ROLE, PORTAL_ROLE
from cases.database import Database
from cases.domain.tombstones import Tombstone, merged
from cases.errors import DatabaseUnusable, EvidenceUnusable, RosterUnusable
from cases.evidence_store import EvidenceStore
from cases.queries.erasures import still_there, tombstones
from crypto.errors import RosterRejected
from reviewer.commands.checkup.finding import Finding
from reviewer.commands.failures import in_words

# A backup of every night, and one that failed once.
BACKUP_DAYS = 2
# Time for two people to sign the next one.
ROSTER_DAYS = 30
_SHOWN = 3


def tables(database: Database) -> list[Finding]:
    """Whether the database answers, has the tables of this version, and overwrites what goes."""
    try:
        database.check()
    except DatabaseUnusable as problem:
        return [Finding(_in_words(problem), _("Until then portal and console do not start."))]
    if overwrites_what_it_deletes(database):
        return []
    advice = _("What was erased can be read from the file. Use the SQLite that Python came with.")
    return [Finding(_("the database does not overwrite what it deletes (secure_delete)"), advice)]


def roles(
    database: Database, portal: str = PORTAL_ROLE, console: str = CONSOLE_ROLE
) -> list[Finding]:
    """On PostgreSQL: whether portal and console have roles that may do what they need, no more."""
    if database.is_sqlite:
        return []
    found = wrong_privileges(database, portal, console)
    if not found:
        return []
    shown = ", ".join(found[:_SHOWN]) + (", ..." if len(found) > _SHOWN else "")
    what = _("rights of the database's roles are not as they should be: %(which)s", which=shown)
    advice = _(
        "Whoever takes the portal over could read what is none of its business, or it cannot do "
        "its work. Run `zegel db roles` as the owner of the tables."
    )
    return [Finding(what, advice)]


def roster(folder: Path, today: date) -> list[Finding]:
    """Whether a roster is in force, and will be for a while."""
    try:
        current = roster_store.load(folder, today)
    except (RosterRejected, RosterUnusable) as problem:
        return [Finding(_in_words(problem), _nothing_comes_in())]
    left = (current.roster.expires_on - today).days
    if left >= ROSTER_DAYS:
        return []
    what = ngettext("the roster ends in %(num)s day", "the roster ends in %(num)s days", left)
    return [Finding(what, _("Renew it in time: zegel roster renew. ") + _nothing_comes_in())]


def _nothing_comes_in() -> str:
    return _("Without a roster in force the portal takes nothing in.")


def backup(stamp: Path, today: date) -> list[Finding]:
    """Whether there is a backup, and from when.

    Args:
        stamp: the file with the day of the last one.
    """
    advice = _(
        "One broken disk, and every case is gone. Run `zegel backup` every night, and keep what it "
        "writes on another machine."
    )
    try:
        last = date.fromisoformat(stamp.read_text().strip())
    except (OSError, ValueError):
        return [Finding(_("there is no backup"), advice)]
    days = (today - last).days
    if days <= BACKUP_DAYS:
        return []
    what = ngettext(
        "the last backup is %(num)s day old", "the last backup is %(num)s days old", days
    )
    return [Finding(what, advice)]


def erased(database: Database, listed: Collection[Tombstone]) -> list[Finding]:
    """Whether an older database brought erased cases back.

    Args:
        listed: what `erased.txt` of the office's folder names.
    """
    with database.reading() as session:
        every = merged((*listed, *tombstones(session)))
        back = len(still_there(session, [each.case_id for each in every]))
    if not back:
        return []
    # As the daily jobs say it.
    what = _("erased cases: %(count)s on the list", count=len(every))
    advice = _(
        "of these in the database again: %(count)s; run `zegel erasure apply`",
        count=back,
    )
    return [Finding(what, advice)]


def uploads(database: Database, store: EvidenceStore, today: date) -> list[Finding]:
    """Whether the storage of files answers, and nothing of broken uploads lies there for days."""
    try:
        store.check()
        with database.reading() as session:
            left = evidence.sweepable(session, store, today)
    except EvidenceUnusable as problem:
        return [Finding(_in_words(problem), _("Files can be neither sent nor read."))]
    number = left.unfinished + left.without_row
    if not number:
        return []
    what = ngettext(
        "%(num)s unfinished upload from before yesterday lies in the evidence store",
        "%(num)s unfinished uploads from before yesterday lie in the evidence store",
        number,
    )
    advice = _("The daily jobs remove them: look why `zegel jobs run` did not run.")
    return [Finding(what, advice)]


def _in_words(problem: Exception) -> str:
    return in_words(problem) or type(problem).__name__
