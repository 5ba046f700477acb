"""Worked cases: read from `tests/cases/*.toml`, and played against the real actions of an office.

What a step does not say is usual: the details of `usual_details`, a message where the person must
read one, a notice where the service must. A written reason is never made up, and whoever is told
must be named, so that a rule that stops asking or starts telling shows.
"""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.actions import correspondence, jobs, mailboxes, transitions
from cases.actions.automatic import act_by_reporter, act_by_service
from cases.actions.intake import Submission, receive
from cases.actions.mailboxes import delete_mailbox
from cases.actions.transitions import Written
from cases.domain import proposals
from cases.domain.contents import Author, MessageKind
from cases.domain.details import (
    CaseLink,
    Consultation,
    ConsultationRelease,
    ConsultationWay,
    Details,
    LinkKind,
    NoticeRelease,
    ServiceAnswer,
)
from cases.domain.details_json import details_fields, details_from
from cases.domain.facts import ComplaintFacts, Facts, ProtectionFacts, ReportFacts
from cases.domain.facts_json import facts_from, facts_to_json
from cases.domain.flows import Action, Flow, transition
from cases.domain.json_fields import JsonFields, to_json
from cases.domain.letters import shipped_letters
from cases.domain.needs import external_proposed
from cases.domain.policies import Allowed, can_act
from cases.errors import (
    CasesError,
    MessageRequired,
    NoticeRequired,
    ReasonRequired,
    Refused,
    StaleCase,
)
from cases.models import Clock, Reminder
from cases.queries.cases import case_row, running_clocks
from crypto.roster import VerifiedRoster
from tests.support.files import FACTS
from tests.support.office import FixedClock, Office
from tests.support.scenes import Scene
from tests.support.submissions import receipt_keys
from tests.support.usual_details import QUESTION, TODAY, USUAL

FOLDER = Path(__file__).parents[1] / "cases"
Table = Mapping[str, Any]

_REFUSALS: dict[type[CasesError], str] = {
    MessageRequired: "message_required",
    ReasonRequired: "reason_required",
    NoticeRequired: "notice_required",
    StaleCase: "stale_case",
}
_IDS = ("id", "recommendation_id", "other_id")
# Steps that are usual here only.
_USUAL: dict[Action, Details] = {
    **USUAL,
    Action.SERVICE_ANSWERED: ServiceAnswer(QUESTION, TODAY, ConsultationWay.LINK),
    Action.LINK_CASE: CaseLink(LinkKind.SAME_FACTS, QUESTION, "SI.2026.0001"),
}
# How long a question and a recommendation get where a case does not say.
_TERMS = {Action.PREPARE_CONSULTATION: 30, Action.RECOMMEND: 90}


@dataclass(frozen=True)
class WorkedCase:
    """One case of a file, as it is written there."""

    file: str
    title: str
    table: Table = field(repr=False)

    @property
    def flow(self) -> Flow:
        """The kind of case."""
        return Flow(self.table["flow"])

    @property
    def facts(self) -> Facts:
        """The usual facts of the flow, with the answers that the case names."""
        usual = json.loads(facts_to_json(FACTS[self.flow]))
        return facts_from(_fields({**usual, **self.table.get("facts", {})}))

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


def worked_cases() -> list[WorkedCase]:
    """Every case of every file, in order."""
    return [
        WorkedCase(path.stem, table["title"], table)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


@dataclass
class Player:
    """An office in which worked cases are played one after the other."""

    office: Office
    clock: FixedClock
    # Verified once: the cases travel over years, and a roster expires.
    roster: VerifiedRoster

    def play(self, case: WorkedCase) -> None:
        """Take every step of the case, and check what is expected after each."""
        self._go_to(case.table["received"])
        played = _Played(case, self._received(case), self.office)
        played.check(case.table.get("then", {}), "at receipt")
        for number, step in enumerate(case.table["step"], start=1):
            self._go_to(step["on"])
            played.take(step)
            played.check(step.get("then", {}), f"after step {number} ({step['do']})")

    def _go_to(self, day: date) -> None:
        self.clock.moment = datetime.combine(day, time(9), UTC)

    def _received(self, case: WorkedCase) -> Scene:
        keys, today = receipt_keys(), self.clock.now().date()
        with self.office.database.writing() as session:
            rules = self.office.rules()
            submission = Submission(case.facts)
            received = receive(session, submission, keys.address, self.roster, today, rules)
        return Scene(self.office, received.case_id, keys, case.flow)


class _Played:
    """One case while it is played, and what its last step gave."""

    def __init__(self, case: WorkedCase, scene: Scene, office: Office) -> None:
        self.case, self.scene, self.office = case, scene, office
        self.rules = office.rules()
        self.refused: str | None = None
        self.told: dict[str, str] = {}
        self.proposed: Mapping[str, Any] = {}
        self.mailbox_open = True

    @property
    def today(self) -> date:
        return self.office.clock.now().date()

    # Taking a step ----------------------------------------------------------------------------

    def take(self, step: Table) -> None:
        before = self._said()
        self.refused, self.told, self.proposed = None, {}, {}
        try:
            self._take(step)
        except (Refused, *_REFUSALS) as error:
            refusal = error.reason.value if isinstance(error, Refused) else _REFUSALS[type(error)]
            self.refused = refusal
            self.told = {}
        self._note_the_person(before, step)

    def _take(self, step: Table) -> None:
        match step["do"]:
            case "office_writes" | "office_asks" as how:
                self._write(step, asks=how == "office_asks")
            case "person_writes":
                self._person_writes(step.get("message", "I have news."))
            case "mailbox_deleted":
                self._delete_mailbox()
            case "the_day_passes":
                self._day()
            case code:
                self._act(Action(code), step)

    def _act(self, action: Action, step: Table) -> None:
        match step.get("by", "ingrid"):
            case "person":
                token = self.scene.come_back()
                with self.office.database.writing() as session:
                    mailbox = self.scene.mailbox(session, token)
                    act_by_reporter(session, mailbox, action, self.today, self.rules)
            case "service":
                self._service_answers(action, step)
            case login:
                self._staff(action, step, login)

    def _staff(self, action: Action, step: Table, login: str) -> None:
        by, now = self.office.signed_in(login), self.office.clock.now()
        with self.office.database.writing() as session:
            opened = self.scene.open(session, login)
            row = transition(self.case.flow, action)
            allowed = can_act(row, opened.file, by.member.roles) if row else None
            details = self._details(action, step)
            asked = allowed if isinstance(allowed, Allowed) else Allowed()
            written = Written(
                message=step.get("message", "A message." if asked.message_required else ""),
                reason=step.get("reason", ""),
                notice=step.get("notice", "A notice." if asked.notice_required else ""),
                details=details,
            )
            version = opened.version - (1 if step.get("stale") else 0)
            transitions.act(session, opened, action, written, by, version, now, self.rules)
        self._note_the_service(action, written, details)

    def _service_answers(self, action: Action, step: Table) -> None:
        answer = self._details(action, step)
        assert isinstance(answer, ServiceAnswer)
        with self.office.database.writing() as session:
            opened = self.scene.open(session)
            public = opened.private.public
            act_by_service(session, self.scene.case_id, answer, public, self.rules)

    def _write(self, step: Table, *, asks: bool) -> None:
        by, now = self.office.signed_in(step.get("by", "ingrid")), self.office.clock.now()
        text = step.get("message", "A message.")
        with self.office.database.writing() as session:
            opened = self.scene.open(session)
            correspondence.reply(
                session, opened, text, by, opened.version, now, self.rules, asks=asks
            )

    def _person_writes(self, text: str) -> None:
        token = self.scene.come_back()
        with self.office.database.writing() as session:
            mailbox = self.scene.mailbox(session, token)
            mailboxes.write(session, mailbox, text, MessageKind.REPLY, self.today)

    def _delete_mailbox(self) -> None:
        token = self.scene.come_back()
        with self.office.database.writing() as session:
            delete_mailbox(session, self.scene.mailbox(session, token), token, self.today)
        self.mailbox_open = False

    def _day(self) -> None:
        with self.office.database.writing() as session:
            jobs.end_waits(session, self.rules, self.today)
        with self.office.database.writing() as session:
            jobs.remind(session, self.rules, self.today)

    # What goes with a step --------------------------------------------------------------------

    def _details(self, action: Action, step: Table) -> Details | None:
        usual = _USUAL.get(action)
        if step.get("details") == "as_proposed":
            found = self._proposal(action)
            self.proposed = vars(found)
            return found
        if action is Action.RELEASE_NOTICE:
            return NoticeRelease(self._waiting_notice())
        if usual is None:
            return None
        fields = json.loads(to_json(details_fields(usual)))
        values = {**fields["values"], **self._days(action, fields["values"])}
        values.update(_with_ids(step.get("details", {})))
        return details_from(_fields({**fields, "values": values}))

    def _waiting_notice(self) -> int:
        """The first letter to the service that waits; 0, of no step, where none does."""
        with self.office.database.reading() as session:
            file = self.scene.open(session).file
        return next((each for each in file.dossier.notices if file.notice_waits(each)), 0)

    def _days(self, action: Action, values: Table) -> dict[str, str]:
        days = {name for name in values if name.endswith("_on") or name == "on"}
        due = self.today + timedelta(days=_TERMS.get(action, 0))
        return {name: due.isoformat() for name in days if values[name] is not None}

    def _proposal(self, action: Action) -> Details:
        facts, received = self.case.facts, self.case.table["received"]
        found: Details | None = None
        match action, facts:
            case Action.CHECK_ADMISSIBILITY, ComplaintFacts():
                found = proposals.admissibility(facts, received, self.rules)
            case Action.CHECK_SCOPE, ReportFacts():
                found = proposals.scope(facts, received, self.rules)
            case Action.CHECK_INTERNAL_CHANNEL, ReportFacts():
                found = proposals.internal_channel(facts)
            case Action.CHECK_LINK, ProtectionFacts():
                found = proposals.link(facts)
            case Action.RECORD_CONSENT, ProtectionFacts():
                found = proposals.consent(facts, received)
        assert found is not None, f"{self.case}: nothing is proposed for {action}"
        return found

    # What a step gave -------------------------------------------------------------------------

    def _said(self) -> list[str]:
        """What the office has said so far, as the person reads it."""
        if not self.mailbox_open:
            return []
        thread = self.scene.reporters_thread()
        assert thread.warnings == ()
        return [each.text for each in thread.messages if each.author is Author.OFFICE]

    def _note_the_person(self, before: list[str], step: Table) -> None:
        if len(self._said()) > len(before):
            self.told["person"] = f"{self.case.flow}.{step['do']}.person"

    def _note_the_service(self, action: Action, written: Written, details: Details | None) -> None:
        with self.office.database.reading() as session:
            case = self.scene.open(session)
        match details:
            case ConsultationRelease(id=found):
                asked = case.dossier.consultations[found].asked
                self.told["service"] = _consultation_letter(self.case.flow, asked)
            case NoticeRelease(position=found):
                released = case.dossier.notices[found].action
                self.told["service"] = f"{self.case.flow}.{released}.service"
            case _ if written.notice and not case.file.notice_waits(case.history[-1].position):
                self.told["service"] = f"{self.case.flow}.{action}.service"

    # Checking ---------------------------------------------------------------------------------

    def check(self, then: Table, where: str) -> None:
        where = f"{self.case}, {where}"
        unknown = set(then) - _EXPECTATIONS
        assert not unknown, f"{where}: nothing is called {unknown}"
        assert self.refused == then.get("refused"), f"{where}: refused with {self.refused}"
        assert sorted(self.told) == sorted(then.get("told", [])), f"{where}: told {self.told}"
        self._check_letters(then, where)
        for name, value in then.get("proposed", {}).items():
            found = self.proposed[name]
            assert (list(found) if isinstance(found, tuple) else found) == value, f"{where}: {name}"
        with self.office.database.reading() as session:
            self._check_case(session, then, where)

    def _check_letters(self, then: Table, where: str) -> None:
        if "letters" in then:
            assert sorted(self.told.values()) == sorted(then["letters"]), f"{where}: {self.told}"
            for key in then["letters"]:
                assert shipped_letters().by_key(key), f"{where}: no letter {key}"

    def _check_case(self, session: Session, then: Table, where: str) -> None:
        opened = self.scene.open(session)
        if "state" in then:
            assert opened.state == then["state"], f"{where}: stands in {opened.state}"
        if "clocks" in then:
            assert _clocks(session, self.scene.case_id) == _wanted(then["clocks"]), where
        if "reference" in then:
            assert (opened.reference or "").startswith(then["reference"]), where
        if "external_proposed" in then:
            assert external_proposed(opened.file) is then["external_proposed"], where
        if "erase_on" in then:
            found = case_row(session, self.scene.case_id)
            day = "held" if found.on_hold else str(found.erase_on or "never")
            assert day == str(then["erase_on"]), f"{where}: erased on {day}"
        if "alarms" in then:
            assert _alarms(session, self.scene.case_id, self.today) == sorted(then["alarms"]), where
        assert opened.received_on == self.case.table["received"], where


_EXPECTATIONS = {
    "state",
    "refused",
    "told",
    "letters",
    "clocks",
    "reference",
    "proposed",
    "external_proposed",
    "alarms",
    "erase_on",
}


def _clocks(session: Session, case_id: bytes) -> list[tuple[str, str]]:
    return sorted(
        (clock.kind, "suspended" if clock.suspended_on else clock.due_on.isoformat())
        for clock in running_clocks(session, case_id)
    )


def _wanted(clocks: Table) -> list[tuple[str, str]]:
    return sorted(
        (kind, str(due))
        for kind, dues in clocks.items()
        for due in (dues if isinstance(dues, list) else [dues])
    )


def _alarms(session: Session, case_id: bytes, day: date) -> list[str]:
    found = session.execute(
        select(Clock.kind, Reminder.stage)
        .join(Clock, Clock.id == Reminder.clock_id)
        .where(Clock.case_id == case_id, Reminder.raised_on == day)
    )
    return sorted(f"{kind} {stage:+d}" for kind, stage in found)


def _consultation_letter(flow: Flow, asked: Consultation) -> str:
    return f"{flow}.consultation_{asked.kind}.service"


def _with_ids(values: Table) -> dict[str, Any]:
    """Names of questions and recommendations stand for their ids."""
    return {
        name: hashlib.sha256(value.encode()).hexdigest()[:32] if name in _IDS else value
        for name, value in values.items()
    }


def _fields(values: Table) -> JsonFields:
    return JsonFields.parse(to_json(dict(values)))
