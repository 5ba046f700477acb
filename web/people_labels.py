"""The words for people of the office: whether they can sign in, what they cannot hand over."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.domain.roles import StaffState
from cases.reasons import StaysBehind

PEOPLE_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    StaffState: {
        StaffState.INVITED: lazy_pgettext("person of the office", "Invited"),
        StaffState.ACTIVE: lazy_pgettext("person of the office", "Can sign in"),
        StaffState.SUSPENDED: lazy_pgettext("person of the office", "Suspended"),
    },
    StaysBehind: {
        StaysBehind.KEPT_AWAY: _("This colleague must not read the case."),
        StaysBehind.NOT_YOURS: _("You cannot open the case."),
        StaysBehind.DAMAGED: _("The case does not open: what is stored is damaged."),
        StaysBehind.CHANGED: _("Somebody changed the case just now. Try again."),
    },
}
