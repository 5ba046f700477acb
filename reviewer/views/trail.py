"""The trail: of a case for whoever can open it, the whole for auditors."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cases.database import Database
from cases.domain.roles import Permission
from cases.domain.trail import TrailEvent
from cases.errors import NotFound
from cases.queries.staff import names_of_everyone
from cases.queries.trail import Wanted, every_entry
from cases.queries.trail_chain import head, signatures
from reviewer.opened import opened
from reviewer.openings import tell_of_trail
from reviewer.session import signed_in
from reviewer.trail_csv import as_csv
from reviewer.trail_filter import filter_of
from reviewer.trail_page import TrailPage, trail_page
from web.access import needs
from web.database import db
from web.services import services

blueprint = Blueprint("trail", __name__)

# A day, and the hours by which one morning can be later than the other.
SIGN_EVERY = timedelta(hours=30)


@blueprint.get("/trail")
@needs(Permission.READ_TRAIL)
def page() -> ResponseReturnValue:
    """What the office did, the newest first, filtered as the address asks; reading it is told."""
    tell_of_trail(signed_in())
    asked, before, here = filter_of(request.args), _before(), url_for("trail.page")
    found = trail_page(asked.wanted, before) if asked.wanted else None
    signed = signatures(db())
    return render_template(
        "reviewer/trail.html",
        filter=asked.shown,
        found=found,
        next_url=_onward(here, found, asked.given),
        first_url=_with(here, asked.given) if before else None,
        table_url=_with(url_for("trail.table"), asked.given),
        people=sorted((name, id_.hex()) for id_, name in names_of_everyone(db()).items()),
        events=list(TrailEvent),
        head=head(db()),
        sign_again=not signed or signed[-1].at < services().now() - SIGN_EVERY,
        signed=signed[-1] if signed else None,
    )


@blueprint.get("/trail.csv")
@needs(Permission.READ_TRAIL)
def table() -> ResponseReturnValue:
    """The same entries, all of them, for a spreadsheet. Raises NotFound for an odd filter."""
    tell_of_trail(signed_in())
    wanted = filter_of(request.args).wanted
    if wanted is None:
        raise NotFound
    pieces = _pieces(services().database, wanted)
    answer = Response(pieces, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


@blueprint.get("/case/<string(length=32):case_id>/trail")
@needs(Permission.SEE_CASES)
def of_case(case_id: str) -> ResponseReturnValue:
    """Who did what to one case and who opened it."""
    case, before, here = opened(case_id), _before(), url_for("trail.of_case", case_id=case_id)
    found = trail_page(Wanted(case_id=case.case_id), before)
    return render_template(
        "reviewer/trail_of_case.html",
        case=case,
        case_id=case_id,
        found=found,
        next_url=_onward(here, found, {}),
        first_url=here if before else None,
    )


def _pieces(database: Database, wanted: Wanted) -> Iterator[bytes]:
    # Sent while it is read: the view's own session, and the request, have ended by then.
    with database.reading() as session:
        for line in as_csv(every_entry(session, wanted), names_of_everyone(session)):
            yield line.encode()


def _before() -> int | None:
    return request.args.get("before", type=int)


def _onward(here: str, found: TrailPage | None, given: Mapping[str, str]) -> str | None:
    if found is None or found.next_before is None:
        return None
    return _with(here, {**given, "before": str(found.next_before)})


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
