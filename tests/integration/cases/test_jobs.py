"""What a day does by itself: once, whoever runs it and however often."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from cases.actions import jobs, reminder_mail
from cases.actions.jobs import Reminded
from cases.actions.mailboxes import sign_in
from cases.actions.reminder_mail import Notice
from cases.domain.flows import Action, ClockKind, State
from cases.domain.reference import PeriodRow, shipped
from cases.domain.trail import TrailEvent
from cases.models import Reminder, ReminderMail, TrailEntry
from cases.queries.cases import case_row, clocks, steps
from cases.queries.reminders import ReminderRow, reminders
from tests.support.clocks import case_with_clock, change_clock, give_address, hand_over
from tests.support.office import MORNING, Office
from tests.support.submissions import COMPLAINT, receipt_keys

TODAY = MORNING.date()
NOTHING = Reminded(raised=0, gone=0)
# One of each flow would do: the alarms belong to the clock and not to the case.
REPORT_PERIODS = [row for row in shipped().periods if row.flow == "report"]


def on(days: int) -> date:
    """The day so many days from the office's first."""
    return TODAY + timedelta(days=days)


def remind(office: Office, today: date = TODAY) -> Reminded:
    with office.database.writing() as session:
        return jobs.remind(session, shipped(), today)


def seen(office: Office, login: str = "ingrid", today: date = TODAY) -> list[ReminderRow]:
    holder = office.signed_in(login).keys.holder
    with office.database.reading() as session:
        return reminders(session, holder, today)


def stages(office: Office) -> list[int]:
    with office.database.reading() as session:
        return sorted(session.scalars(select(Reminder.stage)))


def notices(office: Office, today: date = TODAY) -> list[Notice]:
    with office.database.reading() as session:
        return reminder_mail.notices(session, today)


# Raising --------------------------------------------------------------------------------------


def test_a_reminder_is_raised_once_and_a_second_run_changes_nothing(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(2))

    assert remind(office) == Reminded(raised=2, gone=0)
    before = stages(office)
    assert remind(office) == NOTHING

    assert stages(office) == before == [-15, -3]


@pytest.mark.parametrize("row", REPORT_PERIODS, ids=lambda row: row.clock)
def test_every_alarm_of_every_period_is_raised_on_its_day(office: Office, row: PeriodRow) -> None:
    due = on(40)
    case_with_clock(office, row.clock, due, runs=10)
    raised: list[tuple[int, int]] = []

    for days in range(80):
        found = remind(office, on(days)).raised
        raised += [(days, found)] if found else []

    assert raised == [(40 + stage, 1) for stage in sorted(row.period.alarms)]
    assert stages(office) == sorted(row.period.alarms)


def test_a_machine_that_slept_catches_up_and_shows_each_deadline_once(office: Office) -> None:
    case_id, clock_id = case_with_clock(office, ClockKind.FEEDBACK, on(-10))

    assert remind(office).raised == 3

    (row,) = seen(office)
    assert (row.case_id, row.clock_id, row.stage) == (case_id, clock_id, 0)
    assert row.due_on == on(-10)


@pytest.mark.parametrize("state", [{"stopped_on": TODAY}, {"suspended_on": TODAY}])
def test_a_clock_that_does_not_run_reminds_nobody(office: Office, state: dict[str, date]) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-10), **state)

    assert remind(office) == NOTHING
    assert seen(office) == []


def test_the_reminders_of_a_stopped_clock_disappear_at_once_and_then_go(office: Office) -> None:
    _, clock_id = case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    give_address(office, "ingrid")
    remind(office)

    change_clock(office.database, clock_id, stopped_on=TODAY)

    assert seen(office) == notices(office) == []
    assert remind(office) == Reminded(raised=0, gone=3)
    assert stages(office) == []


def test_a_suspended_clock_is_silent_and_speaks_again_on_its_new_days(office: Office) -> None:
    _, clock_id = case_with_clock(office, ClockKind.FEEDBACK, on(1))
    give_address(office, "ingrid")
    remind(office)
    change_clock(office.database, clock_id, suspended_on=TODAY)

    assert seen(office) == notices(office) == []

    change_clock(office.database, clock_id, suspended_on=None, due_on=on(11))
    assert [row.stage for row in seen(office)] == [-15]
    assert remind(office) == Reminded(raised=0, gone=1)
    assert remind(office, on(8)) == Reminded(raised=1, gone=0)
    assert [row.stage for row in seen(office, today=on(8))] == [-3]


def test_an_extended_term_warns_anew_before_its_new_day(office: Office) -> None:
    _, clock_id = case_with_clock(office, ClockKind.FEEDBACK, on(0))
    remind(office)

    change_clock(office.database, clock_id, due_on=on(90), extended_on=TODAY)

    # Even before the next run nobody reads of an alarm that no longer holds.
    assert seen(office) == []
    assert remind(office) == Reminded(raised=0, gone=3)
    assert remind(office, on(75)) == Reminded(raised=1, gone=0)


def test_a_clock_whose_period_was_withdrawn_still_reminds_on_its_last_day(office: Office) -> None:
    case_with_clock(office, ClockKind.ADMISSIBILITY, on(0))

    assert remind(office) == Reminded(raised=1, gone=0)
    assert stages(office) == [0]


# Who sees them --------------------------------------------------------------------------------


def test_reminders_are_shown_to_those_who_can_open_the_case(office: Office) -> None:
    first, _ = case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    second, _ = case_with_clock(office, ClockKind.FEEDBACK, on(-2))
    hand_over(office, second, "igor")
    remind(office)

    # Igor handles the second in the table only: no key of it is his.
    assert [row.case_id for row in seen(office, "ingrid")] == [first]
    assert seen(office, "igor") == []
    assert seen(office, "ada") == []


def test_the_most_urgent_comes_first(office: Office) -> None:
    ids = [case_with_clock(office, ClockKind.FEEDBACK, on(days))[0] for days in (2, -9, 0)]
    remind(office)

    assert [row.case_id for row in seen(office)] == [ids[1], ids[2], ids[0]]


# Who is told ----------------------------------------------------------------------------------


def test_the_handler_is_told_and_of_a_case_in_the_pool_everyone_at_intake(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    taken, _ = case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    hand_over(office, taken, "igor")
    for login in ("ingrid", "hilde", "igor", "ada", "carla"):
        give_address(office, login)
    remind(office)

    told = {notice.login: (notice.waiting, len(notice.about)) for notice in notices(office)}

    assert told == {"ingrid": (1, 3), "hilde": (1, 3), "igor": (1, 3)}


def test_of_a_case_without_somebody_in_the_pool_only_the_others_are_told(office: Office) -> None:
    excluded = frozenset({office.signed_in("ingrid").member.id})
    case_id, _ = case_with_clock(office, ClockKind.FEEDBACK, on(-1), excluded=excluded)
    for login in ("ingrid", "hilde", "igor"):
        give_address(office, login)
    remind(office)

    assert [notice.login for notice in notices(office)] == ["hilde"]
    assert [row.case_id for row in seen(office, "hilde")] == [case_id]
    assert seen(office, "ingrid") == []


def test_whoever_has_no_address_is_told_nothing(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    office.signed_in("ingrid")
    remind(office)

    assert notices(office) == []


def test_a_claimed_message_is_nobody_elses_until_it_is_given_back(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    give_address(office, "ingrid")
    staff_id = office.signed_in("ingrid").member.id
    remind(office)

    with office.database.writing() as session:
        claimed = reminder_mail.claim(session, staff_id, TODAY)
    assert claimed is not None
    with office.database.writing() as session:
        assert reminder_mail.claim(session, staff_id, TODAY) is None
        reminder_mail.give_back(session, claimed)

    assert notices(office) == [claimed]


def test_a_new_alarm_is_told_and_an_old_one_not_again(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(3))
    give_address(office, "ingrid")
    staff_id = office.signed_in("ingrid").member.id
    remind(office)
    with office.database.writing() as session:
        reminder_mail.claim(session, staff_id, TODAY)

    remind(office, on(1))
    assert notices(office, on(1)) == []
    remind(office, on(3))

    (notice,) = notices(office, on(3))
    assert (notice.waiting, len(notice.about)) == (1, 1)


def test_a_notice_shows_nobodys_address_by_accident(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    address = give_address(office, "ingrid")
    remind(office)

    assert address not in repr(notices(office))


# Several machines -----------------------------------------------------------------------------


def at_once(work: Callable[[], object]) -> list[object]:
    """Do it four times at the same moment."""
    with ThreadPoolExecutor(4) as machines:
        futures = [machines.submit(work) for _ in range(4)]
        return [future.result() for future in futures]


def test_machines_that_run_at_once_raise_each_reminder_once(office: Office) -> None:
    for days in range(5):
        case_with_clock(office, ClockKind.FEEDBACK, on(-days))

    done = at_once(lambda: remind(office).raised)

    assert sorted(done, key=str) == [0, 0, 0, 15]
    assert len(stages(office)) == 15


def test_machines_that_run_at_once_claim_each_message_once(office: Office) -> None:
    case_with_clock(office, ClockKind.FEEDBACK, on(-1))
    give_address(office, "ingrid")
    staff_id = office.signed_in("ingrid").member.id
    remind(office)

    def claim() -> bool:
        with office.database.writing() as session:
            return reminder_mail.claim(session, staff_id, TODAY) is not None

    assert sorted(map(bool, at_once(claim))) == [False, False, False, True]
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReminderMail)) == 3


# A day that passes ----------------------------------------------------------------------------


def waiting(office: Office, due_on: date, **columns: object) -> bytes:
    """A complaint whose author was asked to go to the service first."""
    case_id, _ = case_with_clock(office, ClockKind.SERVICE_FIRST, due_on, COMPLAINT, **columns)
    with office.database.writing() as session:
        case_row(session, case_id).state = State.WAITING_FOR_SERVICE
    return case_id


def end_waits(office: Office, today: date = TODAY) -> int:
    with office.database.writing() as session:
        return jobs.end_waits(session, shipped(), today)


def test_a_complaint_comes_back_by_itself_on_the_day_after_its_last(office: Office) -> None:
    case_id = waiting(office, on(0))
    version = 1

    assert end_waits(office) == 0
    assert end_waits(office, on(1)) == 1
    assert end_waits(office, on(1)) == end_waits(office, on(2)) == 0

    with office.database.reading() as session:
        case, (step,) = case_row(session, case_id), steps(session, case_id)
        running = {clock.kind for clock in clocks(session, case_id) if clock.stopped_on is None}
        events = select(TrailEntry).where(TrailEntry.event == TrailEvent.DAY_PASSED.value)
        (entry,) = session.scalars(events)
    assert (case.state, case.version) == (State.ADMISSIBILITY, version + 1)
    assert ClockKind.SERVICE_FIRST not in running
    assert (step.automatic, step.day, step.to_state) == (
        Action.SERVICE_DAY_PASSED,
        on(1),
        State.ADMISSIBILITY,
    )
    assert step.body is step.case_key is None
    assert (entry.case_id, entry.day, entry.actor_id, entry.at) == (case_id, on(1), None, None)


@pytest.mark.parametrize("state", [{"stopped_on": TODAY}, {"suspended_on": TODAY}])
def test_a_wait_that_does_not_count_never_ends_by_itself(
    office: Office, state: dict[str, date]
) -> None:
    waiting(office, on(-10), **state)

    assert end_waits(office) == 0


def test_machines_that_run_at_once_take_a_complaint_up_once(office: Office) -> None:
    ids = [waiting(office, on(-1)) for _ in range(3)]

    done = at_once(lambda: end_waits(office))

    assert sorted(done, key=str) == [0, 0, 0, 3]
    with office.database.reading() as session:
        assert [len(steps(session, case_id)) for case_id in ids] == [1, 1, 1]


# Sessions -------------------------------------------------------------------------------------


def test_sessions_that_ended_are_purged(office: Office) -> None:
    with office.database.writing() as session:
        sign_in(session, receipt_keys(), MORNING)

    def purge(now: datetime) -> int:
        with office.database.writing() as session:
            return jobs.purge_sessions(session, now)

    assert purge(MORNING) == 0
    assert purge(MORNING + timedelta(days=2)) == 1
    assert purge(MORNING + timedelta(days=2)) == 0
