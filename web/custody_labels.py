"""The words for names in the custodians' hands: the steps of a case, how a request stands."""

from enum import StrEnum

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

from cases.domain.contents import IdentityWork
from cases.domain.identity_requests import RequestState

CUSTODY_TABLES: dict[type[StrEnum], dict[StrEnum, LazyString]] = {
    IdentityWork: {
        IdentityWork.ASK: _("Custodians asked for the name"),
        IdentityWork.WITHDRAW: _("Request for the name withdrawn"),
        IdentityWork.READ: _("Name opened with the custodians' shares"),
    },
    RequestState: {
        RequestState.ASKED: _("Waiting for custodians"),
        RequestState.GRANTED: _("Granted"),
        RequestState.REFUSED: lazy_pgettext("request for a name", "Refused"),
        RequestState.WITHDRAWN: lazy_pgettext("request for a name", "Withdrawn"),
        RequestState.EXPIRED: _("Ended without a decision"),
        RequestState.OVER: _("Granted, and over"),
    },
}
