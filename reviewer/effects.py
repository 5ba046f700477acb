"""What a step does, in words, read from its row of the flow's table."""

from flask_babel import gettext as _

from cases.domain.flows import STOPPED_BY_CLOSING, Transition
from web.labels import text_of


def effects(row: Transition) -> list[str]:
    """One sentence for each thing that the step changes."""
    texts = []
    if row.target is not None:
        texts.append(_("The case is then: %(state)s.", state=text_of(row.target)))
    if row.gives_reference:
        texts.append(_("The case gets its reference, and the person reads it."))
    if row.stops == STOPPED_BY_CLOSING:
        texts.append(_("Every deadline of the case stops."))
    else:
        texts += [_("This deadline stops: %(clock)s.", clock=text_of(one)) for one in row.stops]
    texts += [_("A new deadline starts: %(clock)s.", clock=text_of(one)) for one in row.starts]
    return texts
