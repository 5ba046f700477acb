"""A public service is asked, reads what was released and nothing else, and answers once."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import delete, event, select, update

from cases.actions import consultation_answers, mailboxes
from cases.actions.visits import Door, visit
from cases.domain.consultations import LATE_DAYS, ConsultationState, service_reference
from cases.domain.details import ConsultationWay
from cases.domain.flows import Action, ClockKind
from cases.errors import (
    CaseDamaged,
    MessageRequired,
    ReasonRequired,
    Refused,
    SessionEnded,
    StaleCase,
)
from cases.models import Consultation, ConsultationMessage, TrailEntry
from cases.queries.cases import clocks, running_clocks
from cases.reasons import Reason
from crypto.consultation import ConsultationKeys, derive_consultation
from crypto.receipt import DRAFT_SIZE, derive, draw_code
from crypto.session import SessionToken
from tests.support.consulting import Consulting, consulting, new_words, question
from tests.support.office import WEAK, FixedClock, Office
from tests.support.submissions import COMPLAINT, complaint, report, submit

CANARY = "canary4f1d"


def rows_of(office: Office) -> list[Consultation]:
    with office.database.reading() as session:
        return list(session.scalars(select(Consultation)).all())


# Preparing and releasing --------------------------------------------------------------------


def test_a_prepared_question_leaves_nothing_outside_the_case(office: Office) -> None:
    ours = consulting(office)

    consultation_id = ours.prepare()

    found, answer = ours.held(consultation_id)
    assert found.prepared
    assert answer is None
    assert f"Quote {service_reference(consultation_id)}." in found.asked.question
    assert rows_of(office) == []


def test_an_empty_question_is_not_kept(office: Office) -> None:
    with pytest.raises(MessageRequired):
        consulting(office).prepare(question=question(text=" \n"))


def test_about_a_report_a_second_person_releases(office: Office) -> None:
    ours = consulting(office)
    consultation_id = ours.prepare("ingrid")

    with pytest.raises(Refused) as refused:
        ours.release(consultation_id, "ingrid")

    assert refused.value.reason is Reason.SECOND_PERSON_NEEDED
    assert rows_of(office) == []
    ours.release(consultation_id, "hilde")
    assert ours.held(consultation_id)[0].open


def test_about_a_complaint_the_same_person_may_release(office: Office) -> None:
    ours = consulting(office, COMPLAINT)
    consultation_id = ours.prepare("ingrid")

    ours.release(consultation_id, "ingrid")

    assert ours.held(consultation_id)[0].open


def test_about_a_complaint_whose_author_is_withheld_a_second_person_releases(
    office: Office,
) -> None:
    ours = consulting(office, complaint(identity_withheld=True))
    consultation_id = ours.prepare("ingrid")

    with pytest.raises(Refused) as refused:
        ours.release(consultation_id, "ingrid")

    assert refused.value.reason is Reason.SECOND_PERSON_NEEDED


def test_a_question_is_released_once(office: Office) -> None:
    ours = consulting(office)
    consultation_id, _ = ours.asked()

    with pytest.raises(Refused):
        ours.release(consultation_id)

    assert len(rows_of(office)) == 1


def test_a_release_starts_the_clock_of_that_question(office: Office) -> None:
    ours = consulting(office)
    consultation_id, _ = ours.asked()

    with office.database.reading() as session:
        (clock,) = [
            each
            for each in running_clocks(session, ours.scene.case_id)
            if each.kind == ClockKind.CONSULTATION
        ]
    assert (clock.subject_id, clock.due_on) == (consultation_id, date(2026, 12, 23))


# What the service opens ---------------------------------------------------------------------


def test_the_service_reads_the_question_and_by_when(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()

    token = ours.come(consultation_id, keys)

    assert token is not None
    with office.database.reading() as session:
        opened = ours.read(session, token, consultation_id)
    assert opened.question == ours.held(consultation_id)[0].asked.question
    assert opened.record.due_on == date(2026, 12, 23)
    assert (opened.record.office, opened.record.service) == ("Ombuds Test", "Actiris")
    assert opened.record.reference == service_reference(consultation_id)


def test_the_service_reads_nothing_that_was_not_released(office: Office) -> None:
    typed = ("what", "when_where", "how_known_detail", "internal_to", "who_else_knows")
    ours = consulting(office, report(**dict.fromkeys(typed, CANARY)))
    consultation_id, keys = ours.asked()

    token = ours.come(consultation_id, keys)

    assert token is not None
    with office.database.reading() as session:
        opened = ours.read(session, token, consultation_id)
        reference = ours.scene.open(session).reference
    seen = opened.question + opened.record.to_json().decode()
    assert CANARY not in seen
    assert reference
    assert reference not in seen
    assert opened.record.concerned == ""


def test_the_service_learns_the_complainants_name_only_where_it_may(office: Office) -> None:
    names = []
    for facts in (COMPLAINT, complaint(identity_withheld=True)):
        ours = consulting(office, facts)
        consultation_id, keys = ours.asked()
        token = ours.come(consultation_id, keys)
        assert token is not None
        with office.database.reading() as session:
            names.append(ours.read(session, token, consultation_id).record.concerned)

    assert names == ["Marie Test", ""]


def other_words(consultation_id: bytes) -> ConsultationKeys:
    return derive_consultation(new_words(), consultation_id, WEAK)


def test_only_its_own_words_open_a_consultation(office: Office) -> None:
    ours = consulting(office)
    first, first_keys = ours.asked()
    second, second_keys = ours.asked()
    unknown = os.urandom(16)

    assert ours.come(first, other_words(first)) is None
    assert ours.come(first, second_keys) is None
    assert ours.come(second, first_keys) is None
    assert ours.come(unknown, other_words(unknown)) is None
    assert ours.come(first, first_keys) is not None


def test_a_prepared_question_and_one_by_letter_open_with_no_words(office: Office) -> None:
    ours = consulting(office)
    prepared = ours.prepare()
    by_letter = ours.prepare(question=question(way=ConsultationWay.LETTER))
    ours.release_as_letter(by_letter)

    assert ours.come(prepared, other_words(prepared)) is None
    assert ours.come(by_letter, other_words(by_letter)) is None
    assert [row.token_hash for row in rows_of(office)] == [None]


def test_the_same_ten_words_open_a_mailbox_and_a_consultation_by_different_keys(
    office: Office,
) -> None:
    code = draw_code(os.urandom(DRAFT_SIZE), bytes(32), "en")
    ours = consulting(office)
    consultation_id, _ = ours.asked()
    with office.database.writing() as session:
        submit(session, office.roster(), ours.today, keys=derive(code, WEAK))

    # A receipt code, typed on the page of a consultation.
    assert ours.come(consultation_id, derive_consultation(code, consultation_id, WEAK)) is None


def test_a_session_opens_only_the_door_it_was_opened_for(office: Office) -> None:
    ours = consulting(office)
    first, keys = ours.asked()
    second, _ = ours.asked()
    service, reporter = ours.come(first, keys), ours.scene.come_back()
    assert service is not None

    with office.database.reading() as session:
        for token, wanted in ((service, second), (reporter, first)):
            with pytest.raises(SessionEnded):
                ours.read(session, token, wanted)
        with pytest.raises(SessionEnded):
            mailboxes.open_mailbox(session, service, office.clock.now())


def test_a_session_ends_when_it_is_idle(office: Office, clock: FixedClock) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None
    clock.advance(minutes=31)

    with office.database.reading() as session, pytest.raises(SessionEnded):
        ours.read(session, token, consultation_id)


def test_a_late_service_can_still_answer_and_a_forgotten_link_dies(
    office: Office, clock: FixedClock
) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()

    clock.advance(days=(date(2026, 12, 23) - ours.today).days + LATE_DAYS)
    assert ours.come(consultation_id, keys) is not None
    clock.advance(days=1)
    assert ours.come(consultation_id, keys) is None


# Answering ----------------------------------------------------------------------------------


def test_the_office_reads_the_answer_and_the_clock_stops(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None

    ours.reply(token, consultation_id, "Attached in our next letter.\nÉté.")

    found, given = ours.held(consultation_id)
    assert given is not None
    assert (given.text, given.way) == ("Attached in our next letter.\nÉté.", ConsultationWay.LINK)
    assert given.received_on == ours.today
    assert found.finished
    with office.database.reading() as session:
        case = ours.scene.open(session)
        kept = [each for each in clocks(session, case.case_id) if each.kind == "consultation"]
    assert [each.stopped_on for each in kept] == [ours.today]
    last = case.history[-1]
    assert (last.action, last.at, last.actor) == (Action.SERVICE_ANSWERED, None, "")


def test_the_trail_knows_the_day_of_an_answer_and_no_time(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None
    ours.reply(token, consultation_id)

    with office.database.reading() as session:
        (entry,) = session.scalars(
            select(TrailEntry).where(TrailEntry.event == "service_answered")
        ).all()
    assert (entry.day, entry.at, entry.actor_id) == (ours.today, None, None)


def test_an_empty_answer_is_asked_for_again(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None

    with pytest.raises(MessageRequired):
        ours.reply(token, consultation_id, "  ")

    assert ours.held(consultation_id)[0].open


def test_an_answer_is_taken_once_and_the_words_open_nothing_after_it(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    here, other_tab = (ours.come(consultation_id, keys) for _ in range(2))
    assert here is not None
    assert other_tab is not None
    ours.reply(here, consultation_id, "First.")

    for token in (here, other_tab):
        with pytest.raises(SessionEnded):
            ours.reply(token, consultation_id, "Second.")
    assert ours.come(consultation_id, keys) is None
    given = ours.held(consultation_id)[1]
    assert given is not None
    assert given.text == "First."


def test_an_answer_leaves_nothing_that_the_words_could_open(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None
    ours.reply(token, consultation_id)

    (row,) = rows_of(office)
    assert (row.state, row.token_hash, row.record_body) == (ConsultationState.ANSWERED, None, None)
    with office.database.reading() as session:
        messages = session.scalars(select(ConsultationMessage)).all()
        left = visit(session, token, office.clock.now())
        told = consultation_answers.was_answered(
            session, token, consultation_id, office.clock.now()
        )
    assert [message.service_key for message in messages] == [None, None]
    assert (left.door, left.secret, told) == (Door.ANSWERED, b"", True)


def test_of_two_answers_at_the_same_moment_one_arrives(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    tokens = [ours.come(consultation_id, keys) for _ in range(4)]

    def send(number: int) -> str:
        token = tokens[number]
        assert token is not None
        try:
            ours.reply(token, consultation_id, f"Answer {number}.")
        except SessionEnded:
            return "told"
        return "sent"

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(send, range(4)))

    assert sorted(outcomes) == ["sent", "told", "told", "told"]
    given = ours.held(consultation_id)[1]
    assert given is not None
    assert given.text == f"Answer {outcomes.index('sent')}."


def test_an_answer_and_a_withdrawal_at_the_same_moment_do_not_both_happen(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None
    office.signed_in("ingrid")

    def end(who: str) -> bool:
        try:
            if who == "service":
                ours.reply(token, consultation_id)
            else:
                ours.withdraw(consultation_id)
        except (SessionEnded, StaleCase, Refused):
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        ended = list(threads.map(end, ("service", "office")))

    found, _ = ours.held(consultation_id)
    assert sorted(ended) == [False, True]
    assert (found.answer is not None, found.withdrawal is not None) == tuple(ended)


def test_an_answer_that_breaks_off_at_any_step_is_there_whole_or_not_at_all(
    office: Office,
) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None

    broken = 0
    while not answered_before_step(ours, token, consultation_id, broken + 1):
        broken += 1
        assert ours.held(consultation_id)[0].open
        with office.database.reading() as session:
            assert len(session.scalars(select(ConsultationMessage)).all()) == 1
            assert ours.read(session, token, consultation_id).question

    assert broken >= 8
    given = ours.held(consultation_id)[1]
    assert given is not None
    assert given.text == "Here it is."


class BrokenOffError(Exception):
    """The process is gone."""


def answered_before_step(
    ours: Consulting, token: SessionToken, consultation_id: bytes, step: int
) -> bool:
    """Whether the answer needs fewer steps than that; else it broke off there."""
    engine, steps = ours.office.database.engine, 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise BrokenOffError

    event.listen(engine, "before_cursor_execute", count)
    try:
        ours.reply(token, consultation_id)
    except BrokenOffError:
        return False
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return True


# Other ends ---------------------------------------------------------------------------------


def test_a_withdrawn_question_opens_for_nobody(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None

    ours.withdraw(consultation_id)

    assert ours.come(consultation_id, keys) is None
    with office.database.reading() as session, pytest.raises(SessionEnded):
        ours.read(session, token, consultation_id)
    (row,) = rows_of(office)
    assert (row.state, row.token_hash) == (ConsultationState.WITHDRAWN, None)


def test_a_withdrawal_needs_a_reason(office: Office) -> None:
    ours = consulting(office)
    consultation_id = ours.prepare()

    with pytest.raises(ReasonRequired):
        ours.withdraw(consultation_id, " ")


def test_an_answer_by_letter_is_typed_in_and_ends_the_link_too(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()

    ours.record_answer(consultation_id, "They wrote: no.")

    given = ours.held(consultation_id)[1]
    assert given is not None
    assert (given.text, given.way) == ("They wrote: no.", ConsultationWay.LETTER)
    assert ours.come(consultation_id, keys) is None


def test_lost_words_are_replaced_by_a_new_question_that_is_released_anew(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()

    again = ours.renew(consultation_id)

    assert ours.held(consultation_id)[0].withdrawal is not None
    assert ours.come(consultation_id, keys) is None
    with pytest.raises(Refused):
        ours.release(again, "ingrid")
    new_keys = ours.release(again, "hilde")
    assert ours.come(again, new_keys) is not None
    found, _ = ours.held(again)
    assert service_reference(again) in found.asked.question
    assert service_reference(consultation_id) not in found.asked.question


def test_a_question_that_never_left_is_not_renewed(office: Office) -> None:
    """Its author would change, and whoever wrote it could then release it alone."""
    ours = consulting(office)
    prepared = ours.prepare("hilde")

    with pytest.raises(Refused):
        ours.renew(prepared)


# Somebody with the database -----------------------------------------------------------------


def test_an_answer_that_was_taken_away_or_swapped_is_not_shown(office: Office) -> None:
    ours = consulting(office)
    first, first_keys = ours.asked()
    second, second_keys = ours.asked()
    for consultation_id, keys in ((first, first_keys), (second, second_keys)):
        token = ours.come(consultation_id, keys)
        assert token is not None
        ours.reply(token, consultation_id)

    with office.database.writing() as session:
        session.execute(
            delete(ConsultationMessage).where(
                ConsultationMessage.consultation_id == first, ConsultationMessage.position == 2
            )
        )
        session.execute(
            update(ConsultationMessage)
            .where(ConsultationMessage.consultation_id == second, ConsultationMessage.position == 2)
            .values(consultation_id=first)
        )

    for consultation_id in (first, second):
        given = ours.held(consultation_id)[1]
        assert given is not None
        assert given.text is None


def test_a_question_that_was_altered_is_not_shown_to_the_service(office: Office) -> None:
    ours = consulting(office)
    consultation_id, keys = ours.asked()
    token = ours.come(consultation_id, keys)
    assert token is not None
    with office.database.writing() as session:
        row = session.scalars(select(ConsultationMessage)).one()
        row.body = row.body[:-1] + bytes([row.body[-1] ^ 1])

    with office.database.reading() as session, pytest.raises(CaseDamaged):
        ours.read(session, token, consultation_id)
