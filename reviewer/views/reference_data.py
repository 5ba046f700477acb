"""The office's reference data: its lists, their rows, changing a row and what it was before."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from cases.actions.reference_data import edit
from cases.domain.reference import KINDS, Kind, Row, Tables
from cases.domain.reference.changes import Change
from cases.domain.reference.checking import refused
from cases.domain.reference.invariants import Problem
from cases.domain.roles import Permission
from cases.errors import NotFound
from cases.queries.reference_data import current_tables, history, position
from cases.reasons import RowProblem
from reviewer import reference_words as words
from reviewer.reference_forms import RowForm, form_for
from reviewer.reference_rows import differences, listed, matches
from reviewer.session import signed_in
from web.access import needs
from web.database import db
from web.problems import Problem as PageProblem
from web.services import services

blueprint = Blueprint("reference", __name__)

DONE = {
    "added": lazy_gettext("The row was added."),
    "changed": lazy_gettext("The row was saved."),
    "withdrawn": lazy_gettext("The row was withdrawn."),
}
SEE_OTHER = 303
UNPROCESSABLE = 422


def keep(problem: PageProblem) -> ResponseReturnValue:
    """The problem's page with what was typed and a way back to the list."""
    kind = _kind((request.view_args or {}).get("kind", ""))
    typed = form_for(kind, new=True)().row()
    lines = [
        f"{words.column_text(column)}: {typed[column.name]}"
        for column in kind.columns
        if typed[column.name]
    ]
    page = render_template(
        "zegel/error.html",
        problem=problem,
        typed="\n\n".join(lines),
        actions=[(_("Open the list again"), url_for("reference.rows", kind=kind.code))],
    )
    return make_response(page, problem.status, dict(problem.headers))


@blueprint.get("/reference")
@needs(Permission.EDIT_REFERENCE_DATA)
def lists() -> ResponseReturnValue:
    """Every list with how many rows it has, and how many are to be confirmed."""
    tables = current_tables(db())
    counted = [
        (code, words.KINDS[code], len(found), sum(each.to_be_confirmed for each in found))
        for code, found in ((code, listed(kind, tables)) for code, kind in KINDS.items())
    ]
    return render_template("reviewer/reference_lists.html", lists=counted)


@blueprint.get("/reference/<kind>")
@needs(Permission.EDIT_REFERENCE_DATA)
def rows(kind: str) -> ResponseReturnValue:
    """The rows of a list, all or those with a text or those to be confirmed."""
    found = _kind(kind)
    text, unconfirmed = request.args.get("text", ""), "unconfirmed" in request.args
    shown = [
        each
        for each in listed(found, current_tables(db()))
        if matches(each, text) and (each.to_be_confirmed or not unconfirmed)
    ]
    return render_template(
        "reviewer/reference_rows.html",
        kind=found.code,
        title=words.KINDS[found.code],
        rows=shown,
        text=text,
        unconfirmed=unconfirmed,
        done=DONE.get(request.args.get("done", "")),
    )


@blueprint.get("/reference/<kind>/new")
@needs(Permission.EDIT_REFERENCE_DATA)
def new(kind: str) -> ResponseReturnValue:
    """An empty form."""
    found = _kind(kind)
    form = form_for(found, new=True)(formdata=None)
    form.fill({}, 0)
    return _form_page(found, "", {}, form)


@blueprint.post("/reference/<kind>/new")
@needs(Permission.EDIT_REFERENCE_DATA, commits=True, keeps=keep)
def add(kind: str) -> ResponseReturnValue:
    """Add a row."""
    found, tables = _kind(kind), current_tables(db())
    form = form_for(found, new=True)()
    row = found.normal(form.row())
    key = found.key_of(row)
    problem = refused(tables, [Change(kind, key, row)])
    if problem is None and key in tables[kind]:
        problem = Problem(kind, key, RowProblem.KEY_TAKEN, found.key[0])
    if problem is not None:
        return _refused_page(found, "", {}, form, problem)
    # The key may have been used before and its row withdrawn.
    edit(db(), kind, key, row, signed_in(), services().now(), position(db(), kind, key))
    return redirect(url_for("reference.rows", kind=kind, done="added"), SEE_OTHER)


@blueprint.get("/reference/<kind>/row/<key>")
@needs(Permission.EDIT_REFERENCE_DATA)
def row(kind: str, key: str) -> ResponseReturnValue:
    """A row, to be changed."""
    found = _kind(kind)
    present = _present(current_tables(db()), kind, key)
    form = form_for(found, new=False)(formdata=None)
    form.fill(present, position(db(), kind, key))
    return _form_page(found, key, present, form)


@blueprint.post("/reference/<kind>/row/<key>")
@needs(Permission.EDIT_REFERENCE_DATA, commits=True, keeps=keep)
def save(kind: str, key: str) -> ResponseReturnValue:
    """Change a row."""
    found, tables = _kind(kind), current_tables(db())
    present = _present(tables, kind, key)
    form = form_for(found, new=False)()
    changed = found.normal(form.row(), over=present)
    problem = refused(tables, [Change(kind, key, changed)])
    if problem is not None:
        return _refused_page(found, key, present, form, problem)
    seen = form.seen.data if form.validate() else -1
    edit(db(), kind, key, changed, signed_in(), services().now(), seen)
    return redirect(url_for("reference.rows", kind=kind, done="changed"), SEE_OTHER)


@blueprint.post("/reference/<kind>/withdraw/<key>")
@needs(Permission.EDIT_REFERENCE_DATA, commits=True)
def withdraw(kind: str, key: str) -> ResponseReturnValue:
    """Take a row out of its list; its history stays."""
    found, tables = _kind(kind), current_tables(db())
    present = _present(tables, kind, key)
    problem = refused(tables, [Change(kind, key, None)])
    if problem is not None:
        form = form_for(found, new=False)(formdata=None)
        form.fill(present, position(db(), kind, key))
        return _refused_page(found, key, present, form, problem)
    edit(db(), kind, key, None, signed_in(), services().now())
    return redirect(url_for("reference.rows", kind=kind, done="withdrawn"), SEE_OTHER)


@blueprint.get("/reference/<kind>/history/<key>")
@needs(Permission.EDIT_REFERENCE_DATA)
def past(kind: str, key: str) -> ResponseReturnValue:
    """Who changed a row, when, and what it held before and after."""
    found = _kind(kind)
    present = current_tables(db())[kind].get(key)
    entries = history(db(), kind, key)
    if present is None and not entries:
        raise NotFound
    return render_template(
        "reviewer/reference_history.html",
        kind=found.code,
        key=key,
        title=words.title_of(found, present or entries[-1].after or {}) if present else key,
        list_title=words.KINDS[found.code],
        is_present=present is not None,
        entries=[(each, differences(found, each.before, each.after)) for each in entries],
    )


def _kind(code: str) -> Kind[object]:
    if code not in KINDS:
        raise NotFound
    return KINDS[code]


def _present(tables: Tables, kind: str, key: str) -> Row:
    if key not in tables[kind]:
        raise NotFound
    return tables[kind][key]


def _refused_page(
    kind: Kind[object], key: str, present: Row, form: RowForm, problem: Problem
) -> ResponseReturnValue:
    beside = form.refuse(problem)
    return make_response(_form_page(kind, key, present, form, beside), UNPROCESSABLE)


def _form_page(kind: Kind[object], key: str, present: Row, form: RowForm, refusal: str = "") -> str:
    fixed = [
        (words.column_text(column), words.value_text(column, present[column.name]))
        for column in kind.columns
        if present and column.name in kind.key
    ]
    return render_template(
        "reviewer/reference_row.html",
        kind=kind.code,
        key=key,
        list_title=words.KINDS[kind.code],
        title=words.title_of(kind, present) if present else _("Add a row"),
        fixed=fixed,
        fields=[(form[c.name], c, words.hint_text(c)) for c in kind.columns if c.name in form],
        form=form,
        refusal=refusal,
    )
