"""Everything the page of a case shows, gathered once."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from cases.actions.reading import OpenCase, notes, office_thread
from cases.actions.transitions import available
from cases.domain.contents import Assignment
from cases.domain.flows import ClockKind
from cases.domain.policies import Allowed, Denied, can_give_back, can_reply, can_take
from cases.domain.roles import Permission
from cases.queries.cases import clocks
from cases.queries.staff import colleagues
from reviewer.case_texts import fact_sections, internal_channel, language_name
from reviewer.deadlines import deadline
from reviewer.forms import NoteForm, ReplyForm, VersionedForm, at_version
from reviewer.people import names_of_holders
from reviewer.session import signed_in
from web.database import db
from web.labels import text_of
from web.services import services

# What the page says after something was done; the address names the key.
DONE: dict[str, LazyString] = {
    "reply": lazy_gettext("Your message is in the person's mailbox."),
    "note": lazy_gettext("Your note was added."),
    "step": lazy_gettext("The step was taken."),
    "take": lazy_gettext("You took the case. It is no longer in the intake pool."),
    "share": lazy_gettext("Your colleague can open the case now."),
    "give_back": lazy_gettext("The case is in the intake pool again."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the flow's table as the page lists it: possible, or denied with the reason."""

    text: LazyString
    url: str
    hint: str
    denied: LazyString | None


def case_page(case: OpenCase, note_form: NoteForm) -> str:
    """The case's page, with a note that was not accepted where there is one."""
    steps = _steps(case)
    return render_template(
        "reviewer/case.html",
        case=case,
        case_id=case.case_id.hex(),
        today=services().today(),
        deadline=deadline,
        internal=internal_channel(case.facts),
        sections=fact_sections(case.facts),
        language_name=language_name(case.facts.language),
        possible=[step for step in steps if step.denied is None],
        impossible=[step for step in steps if step.denied is not None],
        done=request.args.get("done", ""),
        done_texts=DONE,
        note_form=note_form,
        **_records(case),
        **_people(case),
        **_reply(case),
    )


def _records(case: OpenCase) -> dict[str, object]:
    return {
        "thread": office_thread(db(), case),
        "notes": notes(db(), case),
        "history": case.history,
        # Steps that change who holds the case and not its state.
        "handing_over": tuple(Assignment),
        "clocks": [(text_of(ClockKind(one.kind)), one) for one in clocks(db(), case.case_id)],
    }


def _people(case: OpenCase) -> dict[str, object]:
    member, roster = signed_in().member, services().roster_if_verified()
    names = {one.id: one.name for one in colleagues(db())}
    may_take = can_take(member.roles, case.in_pool, case.held_personally)
    return {
        "holders": names_of_holders(db(), case, roster) if roster else [],
        "handler": names.get(case.handler_id or b""),
        "may_take": not isinstance(may_take, Denied),
        "may_give_back": not isinstance(can_give_back(member.roles, case.in_pool), Denied),
        "may_share": member.may(Permission.ASSIGN_CASES),
        "version_form": at_version(VersionedForm(formdata=None), case.version),
    }


def _reply(case: OpenCase) -> dict[str, object]:
    verdict = can_reply(signed_in().member.roles, case.mailbox_open)
    return {
        "reply_form": at_version(ReplyForm(formdata=None), case.version),
        "reply_denied": text_of(verdict.reason) if isinstance(verdict, Denied) else None,
    }


def _wants_reason(verdict: Allowed | Denied) -> bool:
    return isinstance(verdict, Allowed) and verdict.reason_required


def _steps(case: OpenCase) -> list[Step]:
    return [
        Step(
            text_of(row.action),
            url_for("transition.page", case_id=case.case_id.hex(), name=row.action.value),
            _("A written reason is needed.") if _wants_reason(verdict) else "",
            text_of(verdict.reason) if isinstance(verdict, Denied) else None,
        )
        for row, verdict in available(case, signed_in())
    ]
