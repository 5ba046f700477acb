"""The form by which a second person lets a letter to a public service out of the office."""

from typing import Any, ClassVar

from flask_babel import format_date
from flask_babel import lazy_gettext as _

from cases.actions.reading import HistoryEntry
from cases.domain.details import NoticeRelease
from cases.reasons import Reason
from reviewer.desk import Desk
from reviewer.forms.details.base import Blames, DetailForm
from web.forms.fields import Menu, Required, options
from web.labels import text_of


class NoticeReleaseForm(DetailForm):
    """Which letter may leave. The next page shows it as the service will read it."""

    blames: ClassVar[Blames] = {
        Reason.SECOND_PERSON_NEEDED: "position",
        Reason.A_NOTICE_WAITING: "position",
    }

    position = Menu(_("Which letter?"), (), Required(_("Choose a letter.")))

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(desk, formdata, **values)
        waiting = [(str(each.position), _named(each)) for each in waiting_notices(desk)]
        self.position.choices = options([("", str(_("Choose a letter"))), *waiting])

    @classmethod
    def prefilled(cls, desk: Desk) -> "NoticeReleaseForm":
        """The one that the link pointed to, or the only one."""
        waiting = [str(each.position) for each in waiting_notices(desk)]
        only = waiting[0] if len(waiting) == 1 else ""
        return cls(desk, position=desk.about if desk.about in waiting else only)

    def details(self) -> NoticeRelease:
        """The release."""
        return NoticeRelease(int(self.position.data))

    def letter_to_service(self) -> str:
        """What the chosen letter says, for the preview."""
        chosen = [
            each for each in waiting_notices(self.desk) if str(each.position) == self.position.data
        ]
        return chosen[0].notice if chosen else ""


def waiting_notices(desk: Desk) -> list[HistoryEntry]:
    """The steps whose letter to the service nobody released yet."""
    return [
        each
        for each in desk.case.history
        if each.notice and desk.case.file.notice_waits(each.position)
    ]


def _named(entry: HistoryEntry) -> str:
    return f"{text_of(entry.action)}, {format_date(entry.day, 'medium')} ({entry.actor})"
