"""One step of a case as its pages handle it: the row, what it asks for, its forms."""

from dataclasses import dataclass, field

from flask import request

from cases.actions.reading import OpenCase
from cases.actions.transitions import available
from cases.domain.detail_rules import check_details
from cases.domain.details import Details
from cases.domain.flows import ClockKind, Transition
from cases.domain.letters import Audience
from cases.domain.policies import Allowed, Denied
from cases.errors import NotFound, Refused, StaleCase
from cases.queries.cases import running_clocks
from cases.queries.staff import names_of_everyone
from cases.reasons import Reason
from reviewer.desk import Desk
from reviewer.forms import StepForm, at_version
from reviewer.forms.details import DETAIL_FORMS, DetailForm
from reviewer.forms.together import Together
from reviewer.service_language import service_language
from reviewer.session import signed_in
from reviewer.step_days import StepDays, step_days
from reviewer.step_letters import Signature, draft, filled
from web.database import db
from web.i18n import current_language
from web.reference import reference
from web.services import services


@dataclass(frozen=True)
class OpenStep:
    """A step that this person may take now."""

    desk: Desk
    row: Transition
    allowed: Allowed
    days: StepDays
    form: StepForm = field(repr=False)
    details: DetailForm | None = field(repr=False)

    @property
    def case(self) -> OpenCase:
        """The case."""
        return self.desk.case

    def given_details(self) -> Details | None:
        """What the valid form says."""
        return self.details.details() if self.details is not None else None

    def validate(self) -> Reason | None:
        """Judge everything that was typed; the refusal of a rule where no field shows it."""
        fits = self.details is None or self.details.validate()
        if not self.form.validate() or not fits:
            return None
        member = signed_in().member
        verdict = check_details(self.row, self.given_details(), self.case.file, member.id)
        if isinstance(verdict, Denied) and not (
            self.details is not None and self.details.blame(verdict.reason)
        ):
            return verdict.reason
        return None

    @property
    def takes_files(self) -> bool:
        """Whether files can be kept with the step."""
        return self.details is not None and self.details.takes_files

    @property
    def together(self) -> Together:
        """Every field of the page."""
        return Together([self.form] if self.details is None else [self.details, self.form])


def fresh(case: OpenCase, name: str) -> OpenStep:
    """The step as its page is first opened: prefilled from the file, the answers, the letters.

    Raises:
        NotFound: the flow knows no such step, or it has a page of its own.
        Refused: it cannot be taken now.
    """
    desk, row, allowed, days = _at(case, name)
    kind = DETAIL_FORMS[row.detail] if row.detail else None
    details = kind.prefilled(desk) if kind else None
    form = at_version(StepForm(formdata=None), case.version)
    signature = Signature(_handler(case), days.of_letter(row))
    if case.mailbox_open:
        form.message.data = draft(desk, row, details, signature, Audience.PERSON)
    if allowed.notice_required:
        form.notice.data = draft(desk, row, details, signature, Audience.SERVICE)
    form.requires(allowed)
    return OpenStep(desk, row, allowed, days, form, details)


def sent(case: OpenCase, name: str) -> OpenStep:
    """The step as a browser sent it. Raises StaleCase, NotFound, Refused."""
    form = StepForm()
    if form.version.data != case.version:
        # Before the state is looked at: not the step is wrong then, but the page is old.
        raise StaleCase
    desk, row, allowed, days = _at(case, name)
    kind = DETAIL_FORMS[row.detail] if row.detail else None
    details = kind(desk, request.form) if kind else None
    form.requires(allowed)
    return OpenStep(desk, row, allowed, days, form, details)


def letters_of(step: OpenStep) -> tuple[str, str]:
    """What the person and what the public service read, with the answers of a valid step."""
    message, notice = step.form.message.data or "", step.form.notice.data or ""
    return (
        filled(message, step.details, step.case.facts.language),
        filled(notice, step.details, service_language(step.case)),
    )


def _at(case: OpenCase, name: str) -> tuple[Desk, Transition, Allowed, StepDays]:
    for row, verdict in available(case, signed_in()):
        if row.action != name or (row.detail and row.detail not in DETAIL_FORMS):
            continue
        if isinstance(verdict, Denied):
            raise Refused(verdict.reason)
        today, rules = services().today(), reference()
        about = request.args.get("about", "")
        desk = Desk(case, rules, current_language(), today, about)
        running = {ClockKind(each.kind): each for each in running_clocks(db(), case.case_id)}
        return desk, row, verdict, step_days(case.flow, row, running, rules, today)
    raise NotFound


def _handler(case: OpenCase) -> str:
    names = names_of_everyone(db())
    return names.get(case.handler_id or b"", signed_in().member.name)
