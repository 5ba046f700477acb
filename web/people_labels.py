"""The words for the people of the office: whether they can sign in."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext

from cases.domain.roles import StaffState

PEOPLE_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    StaffState: {
        StaffState.INVITED: lazy_pgettext("person of the office", "Invited"),
        StaffState.ACTIVE: lazy_pgettext("person of the office", "Can sign in"),
        StaffState.SUSPENDED: lazy_pgettext("person of the office", "Suspended"),
    }
}
