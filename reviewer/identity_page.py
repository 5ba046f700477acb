"""The page on which the custodians are asked for a reporter's name, and what became of it."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import LazyString, force_locale, lazy_gettext
from flask_babel import gettext as _

from cases.actions.identity_record import Request, requests
from cases.actions.identity_requests import can_ask
from cases.actions.reading import OpenCase
from cases.domain.identity_requests import RequestState
from cases.domain.policies import Denied
from cases.queries.staff import names_of_everyone
from reviewer.case_texts import language_name
from reviewer.forms.custody import AskForm
from reviewer.session import signed_in
from web.database import db
from web.labels import text_of
from web.services import services

DONE: dict[str, LazyString] = {
    "asked": lazy_gettext("The custodians were asked. You see here what they decide."),
    "withdrawn": lazy_gettext("Your request has ended. What custodians handed over is deleted."),
}

_TONES = {
    RequestState.ASKED: "waiting",
    RequestState.GRANTED: "active",
    RequestState.REFUSED: "refused",
}


@dataclass(frozen=True)
class Row:
    """One request in words; the last day counts while it waits or is granted."""

    request: Request
    state: LazyString
    tone: str
    asker: str
    answers: tuple[tuple[str, bool, str, bool], ...]
    running: bool


def identity_page(case: OpenCase, form: AskForm | None = None) -> str:
    """Everything about the name of one case, with a form that was not accepted."""
    roster, by = services().roster().roster, signed_in()
    verdict = can_ask(db(), case, by, roster)
    names = names_of_everyone(db())
    found = requests(db(), case, by, roster, services().today())
    return render_template(
        "reviewer/identity.html",
        case=case,
        case_id=case.case_id.hex(),
        form=form or _fresh(case),
        denied=text_of(verdict.reason) if isinstance(verdict, Denied) else None,
        rows=[_row(each, names) for each in found],
        language_name=language_name(case.facts.language),
        done=request.args.get("done", ""),
        done_texts=DONE,
    )


def _fresh(case: OpenCase) -> AskForm:
    form = AskForm(formdata=None)
    form.message.data = _draft(case.facts.language)
    return form


def _draft(language: str) -> str:
    """Where the message to the person starts from, in her language."""
    with force_locale(language):
        gap = _("[…the reason, in words that the person understands…]")
        return _(
            "You gave us your name in confidence. With the custodians of our office we have opened"
            " it for the person who handles your report, and for nobody else. The reason: %(gap)s",
            gap=gap,
        )


def _row(found: Request, names: dict[bytes, str]) -> Row:
    return Row(
        request=found,
        state=text_of(found.state),
        tone=_TONES.get(found.state, "closed"),
        asker=names.get(found.asker_id, ""),
        answers=tuple(
            (
                names.get(each.statement.custodian_id, ""),
                each.statement.approves,
                each.statement.reason,
                each.proven,
            )
            for each in found.answers
        ),
        running=found.state in (RequestState.ASKED, RequestState.GRANTED),
    )
