"""The questions of "Can we help you?". Nobody sends them: a choice only unfolds what follows it."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import Form

from cases.domain.facts import ContactedFirst
from web.forms.fields import Answer, Option
from web.forms.options import options_of

_AGE: Iterable[Option] = (
    ("recent", _("Yes")),
    ("old", _("No")),
    ("unsure", _("I am not sure")),
)
_AGE_LABEL: LazyString = _("Did it happen less than three years ago?")


class CheckQuestions(Form):
    """Who asks, about which service, whether the service knows, and how long ago it was.

    The last question stands under two answers of the one before it, so it is there twice.
    """

    who = Answer(
        _("What brings you here?"),
        (
            (
                "insider",
                _("I work or worked for a public service and saw fraud, abuse or an irregularity"),
            ),
            ("reprisals", _("I was punished because I reported something or was a witness")),
            ("own_work", _("I have a problem of my own at work")),
            ("user", _("A public service did something wrong to me")),
            ("elsewhere", _("It is about something else")),
        ),
    )
    service = Answer(
        _("Which service is it about?"),
        (
            (
                "ours",
                _("A service of the Brussels Region, COCOM, COCOF, a municipality or a CPAS"),
            ),
            ("own_ombuds", _("A service with an ombuds office of its own")),
            ("unknown", _("I don't know")),
        ),
    )
    contacted = Answer(
        _("Have you contacted the service about this yourself?"), options_of(ContactedFirst)
    )
    age_unanswered = Answer(_AGE_LABEL, _AGE)
    age_unsatisfied = Answer(_AGE_LABEL, _AGE)
