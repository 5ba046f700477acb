"""Everything the page of a case shows, gathered once."""

from flask import render_template, request
from flask_babel import LazyString, lazy_gettext

from cases.actions.reading import OpenCase, notes, office_thread
from cases.domain.contents import Assignment
from cases.domain.flows import Action, Flow, State
from cases.domain.policies import Denied, can_give_back, can_reply, can_take
from cases.domain.roles import Permission
from cases.queries.cases import clocks
from cases.queries.staff import names_of_everyone
from reviewer.case_file import (
    checks,
    consultation_rows,
    exact_days,
    norm_rows,
    norms_left,
    priority_tag,
    recommendation_rows,
)
from reviewer.case_steps import listed_steps, own_page
from reviewer.case_texts import fact_sections, internal_channel, language_name
from reviewer.deadlines import deadline
from reviewer.desk import Desk
from reviewer.forms import NoteForm, ReplyForm, VersionedForm, at_version
from reviewer.forms.details.register import competence_of, register_says, unsure
from reviewer.keeping import keeping
from reviewer.links import link_panel
from reviewer.listed_files import listed_files
from reviewer.people import NOBODY, access_to
from reviewer.session import signed_in
from reviewer.term_bars import term_bars
from reviewer.timeline import timeline
from reviewer.typed_in import typed_by
from web.database import db
from web.i18n import current_language
from web.labels import text_of
from web.reference import reference
from web.services import services

# What the page says after something was done; the address names the key.
DONE: dict[str, LazyString] = {
    "reply": lazy_gettext("Your message is in the person's mailbox."),
    "note": lazy_gettext("Your note was added."),
    "step": lazy_gettext("The step was taken."),
    "take": lazy_gettext("You took the case. It is no longer in the intake pool."),
    "share": lazy_gettext("Your colleague can open the case now."),
    "new_key": lazy_gettext("The case has a new key. The person sees it in the mailbox."),
    "kept_away": lazy_gettext("The person can no longer open this case. It has a new key."),
    "link": lazy_gettext("The two cases are linked, in both files."),
    "give_back": lazy_gettext("The case is in the intake pool again."),
}


def case_page(case: OpenCase, note_form: NoteForm) -> str:
    """The case's page, with a note that was not accepted where there is one."""
    return render_template(
        "reviewer/case.html",
        case=case,
        case_id=case.case_id.hex(),
        due=deadline(case.received_on, case.due_on, services().today()),
        internal=internal_channel(case.facts),
        sections=fact_sections(case.facts),
        language_name=language_name(case.facts.language),
        steps=listed_steps(case),
        done=request.args.get("done", ""),
        done_texts=DONE,
        note_form=note_form,
        **_records(case),
        **_file(case),
        **_people(case),
        **_reply(case),
    )


def _records(case: OpenCase) -> dict[str, object]:
    thread, typist = office_thread(db(), case), typed_by(case)
    terms, today = clocks(db(), case.case_id), services().today()
    moments = timeline(case, typist, thread.messages, terms, today)
    return {
        "thread": thread,
        "files": listed_files(case, thread),
        "notes": notes(db(), case),
        "timeline": moments,
        "terms": term_bars(terms, moments, today),
        "typed_by": typist,
        "days": exact_days(case),
        "keeping": keeping(case, today),
    }


def _file(case: OpenCase) -> dict[str, object]:
    rules, today = reference(), services().today()
    desk = Desk(case, rules, current_language(), today)
    competence = competence_of(desk)
    assessing = case.flow is Flow.COMPLAINT and case.state is State.EXAMINATION
    return {
        "register": register_says(desk),
        "register_unsure": unsure(competence),
        "not_competent": competence is not None and not competence.competent,
        "checks": checks(case),
        "norms": norm_rows(case),
        "norms_left": norms_left(case, rules.norms_on(today)) if assessing else [],
        "recommendations": recommendation_rows(case),
        "consultations": consultation_rows(case),
        "consultations_url": own_page(case, Action.PREPARE_CONSULTATION),
        "withheld": case.flow is not Flow.REPORT and case.file.identity_withheld,
        "priority": priority_tag(case),
        "minutes": case.dossier.minutes,
        "linked": link_panel(case),
    }


def _people(case: OpenCase) -> dict[str, object]:
    member, roster = signed_in().member, services().roster_if_verified()
    names = names_of_everyone(db())
    access = access_to(db(), case, roster) if roster else NOBODY
    may_take = can_take(member.roles, case.in_pool, case.held_personally)
    return {
        "access": access,
        "somebody_else": case.excluded_other,
        "somebody_else_open": bool(case.excluded_other) and not _kept_away_since(case),
        "handler": names.get(case.handler_id or b""),
        "may_take": not isinstance(may_take, Denied),
        "may_give_back": not isinstance(can_give_back(member.roles, case.in_pool), Denied),
        "may_share": member.may(Permission.ASSIGN_CASES),
        "may_change_key": member.may(Permission.HANDLE_CASES),
        "may_export": member.may(Permission.HANDLE_CASES),
        "version_form": at_version(VersionedForm(formdata=None), case.version),
    }


def _kept_away_since(case: OpenCase) -> bool:
    return any(each.action is Assignment.EXCLUDE for each in case.history)


def _reply(case: OpenCase) -> dict[str, object]:
    verdict = can_reply(signed_in().member.roles, case.mailbox_open)
    return {
        "reply_form": at_version(ReplyForm(formdata=None), case.version),
        "reply_denied": text_of(verdict.reason) if isinstance(verdict, Denied) else None,
    }
