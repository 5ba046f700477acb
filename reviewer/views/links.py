"""Linking a case to another one: by its reference, looked at, then confirmed."""

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from cases.actions.links import Side, link_cases, linkable
from cases.actions.reading import OpenCase
from cases.domain.details import LinkKind
from cases.domain.policies import Denied
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.reasons import Reason
from reviewer.case_texts import authority_name
from reviewer.forms import at_version
from reviewer.forms.links import ConfirmedLinkForm, LinkForm
from reviewer.kept import keep
from reviewer.links import link_panel
from reviewer.opened import as_reference, opened, opened_by_reference
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.labels import text_of
from web.reference import reference
from web.services import services

blueprint = Blueprint("case_links", __name__)

SEE_OTHER = 303
UNPROCESSABLE = 422

_PATH = "/case/<string(length=32):case_id>/links"


@dataclass(frozen=True)
class _Pair:
    """The two cases of a valid form."""

    case: OpenCase
    other: OpenCase
    kind: LinkKind


@blueprint.get(_PATH, endpoint="page")
@needs(Permission.HANDLE_CASES)
def show(case_id: str) -> ResponseReturnValue:
    """The links of a case, and the form for a new one."""
    case = opened(case_id)
    form = at_version(LinkForm(formdata=None), case.version)
    form.reference.data = as_reference(request.args.get("reference", ""))
    kind = request.args.get("kind", "")
    form.kind.data = kind if kind in set(LinkKind) else ""
    return _page(case, form)


@blueprint.post(f"{_PATH}/check")
@needs(Permission.HANDLE_CASES, keeps=keep)
def check(case_id: str) -> ResponseReturnValue:
    """The other case, to be looked at before anything is written."""
    case, form = opened(case_id), LinkForm()
    pair = _pair(case, form)
    if pair is None:
        return make_response(_page(case, form), UNPROCESSABLE)
    return render_template(
        "reviewer/link_check.html",
        case=case,
        case_id=case_id,
        other=pair.other,
        service=authority_name(pair.other.facts.authority, pair.other.facts.authority_other),
        form=form,
        kind=pair.kind,
    )


@blueprint.post(_PATH)
@needs(Permission.HANDLE_CASES, commits=True, keeps=keep)
def add(case_id: str) -> ResponseReturnValue:
    """Write the link into both files."""
    case, form = opened(case_id), ConfirmedLinkForm()
    pair = _pair(case, form)
    if pair is None:
        return make_response(_page(case, form), UNPROCESSABLE)
    sides = Side(case, form.version.data or 0), Side(pair.other, form.other_version.data or 0)
    link_cases(db(), sides, pair.kind, signed_in(), services().now(), reference())
    return redirect(url_for("case.page", case_id=case_id, done="link"), SEE_OTHER)


def _pair(case: OpenCase, form: LinkForm) -> _Pair | None:
    """The two cases; None, with the reason beside the field, where they cannot be linked."""
    if not form.validate():
        return None
    try:
        other = opened_by_reference(form.reference.data or "")
    except NotFound:
        _blame(form.reference, _("You have no case with this reference."))
        return None
    kind = LinkKind(form.kind.data)
    verdict = linkable(kind, case, other)
    if isinstance(verdict, Denied):
        of_kind = verdict.reason is Reason.LINK_OF_OTHER_FLOWS
        _blame(form.kind if of_kind else form.reference, str(text_of(verdict.reason)))
        return None
    return _Pair(case, other, kind)


def _blame(field: Field, message: str) -> None:
    field.errors = [message]


def _page(case: OpenCase, form: LinkForm) -> str:
    return render_template(
        "reviewer/link_form.html",
        case=case,
        case_id=case.case_id.hex(),
        form=form,
        panel=link_panel(case),
    )
