"""What a roster changes, in words: for whoever signs it at the command line, or reads of it."""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from crypto.roster_changes import Difference, RosterChange
from crypto.roster_payload import CUSTODIAN, INTAKE, SIGNER, STAFF

ROSTER_ROLES: dict[str, LazyString] = {
    INTAKE: _("opens new cases"),
    CUSTODIAN: _("guards identities"),
    SIGNER: _("signs the list of keys"),
    STAFF: _("belongs to the office"),
}

_WORDS: dict[RosterChange, LazyString] = {
    RosterChange.PERSON_ADDED: _("%(name)s is new: %(after)s"),
    RosterChange.PERSON_REMOVED: _("%(name)s is no longer on the list: %(before)s"),
    RosterChange.PERSON_RENAMED: _("%(before)s is called %(after)s now"),
    RosterChange.ROLES_CHANGED: _("%(name)s before: %(before)s; now: %(after)s"),
    RosterChange.CONFLICTS_CHANGED: _(
        "%(name)s must not read cases of these services: %(after)s; before: %(before)s"
    ),
    RosterChange.PERSON_KEYS_CHANGED: _("%(name)s has other keys now. Ask before you trust them."),
    RosterChange.INTAKE_KEY_CHANGED: _("New cases are sealed to another key now."),
    RosterChange.RECOVERY_KEY_CHANGED: _("Cases can be recovered with another key now."),
    RosterChange.SIGNATURES_NEEDED_CHANGED: _(
        "Signatures that a change of the list needs: %(before)s before, %(after)s now"
    ),
    RosterChange.CUSTODIANS_NEEDED_CHANGED: _(
        "Custodians who open an identity together: %(before)s before, %(after)s now"
    ),
    RosterChange.OFFICE_RENAMED: _("The office was called %(before)s and is called %(after)s now"),
    RosterChange.VALIDITY_CHANGED: _("Valid until %(after)s, before: %(before)s"),
}
_OF_ROLES = {RosterChange.PERSON_ADDED, RosterChange.PERSON_REMOVED, RosterChange.ROLES_CHANGED}


def in_words(difference: Difference) -> str:
    """One line."""
    before, after = difference.before, difference.after
    if difference.change in _OF_ROLES:
        before, after = _roles(before), _roles(after)
    if difference.change is RosterChange.CONFLICTS_CHANGED:
        before, after = _services(before), _services(after)
    words = {"name": difference.name, "before": before, "after": after}
    return str(_WORDS[difference.change]) % words


def _services(codes: str) -> str:
    """Their codes in the register: a roster is signed before anybody asks what they are called."""
    return ", ".join(codes.split()) or gettext("none")


def _roles(codes: str) -> str:
    return ", ".join(str(ROSTER_ROLES[code]) for code in codes.split()) or gettext("no role")
