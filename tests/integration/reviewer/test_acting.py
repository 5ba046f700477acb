"""What the office does with a case: answer, decide, hand over; and what stops it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from cases.actions.mailboxes import mailbox_thread, open_mailbox, sign_in, write
from cases.actions.threads import ThreadMessage
from cases.domain.contents import MessageKind
from cases.domain.facts import InternalChannel, InternalReason, Reprisals
from cases.models import CaseGrant
from crypto.receipt import ReceiptKeys
from tests.support.databases import on_both_databases
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.staff_steps import case_page, new_case, take_step
from tests.support.submissions import COMPLAINT, receipt_keys, report

Browser = Callable[[str], Client]

NO_REASON_AGAINST = report(
    internal_channel=InternalChannel.NOT_USED,
    internal_reasons=(InternalReason.DID_NOT_KNOW,),
    reprisals=Reprisals.NONE,
)

IN_SCOPE = {"person": "met", "facts": "met", "service": "met", "general_interest": "met"}
OUT_OF_SCOPE = {**IN_SCOPE, "facts": "not_met"}
ELSEWHERE = {"recipient": "The federal integrity service", "why": "It is a federal service."}


def thread_of(office: Office, keys: ReceiptKeys) -> tuple[ThreadMessage, ...]:
    """What the reporter reads."""
    now = office.clock.now()
    with office.database.writing() as session:
        mailbox = open_mailbox(session, sign_in(session, keys, now).token, now)
        return mailbox_thread(session, mailbox).messages


def reporter_writes(office: Office, keys: ReceiptKeys, text: str) -> None:
    now = office.clock.now()
    with office.database.writing() as session:
        mailbox = open_mailbox(session, sign_in(session, keys, now).token, now)
        write(session, mailbox, text, MessageKind.REPLY, now.date())


def assessed(browser: Browser, office: Office, **how: object) -> tuple[Client, str]:
    """A report that intake has acknowledged."""
    client, case_id = browser("ingrid"), new_case(office, **how)
    take_step(client, case_id, "acknowledge")
    return client, case_id


def routed(browser: Browser, office: Office, **how: object) -> tuple[Client, str]:
    """A report in scope whose internal channel was checked, as its answers say."""
    client, case_id = assessed(browser, office, **how)
    take_step(client, case_id, "check_scope", IN_SCOPE)
    take_step(client, case_id, "check_internal_channel")
    return client, case_id


# Answering ----------------------------------------------------------------------------------


@on_both_databases
def test_a_reply_is_read_before_it_is_sent_and_arrives_as_shown(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)
    text = "Thank you.\n\nWhich months do you mean? <b>All</b> of them?"

    preview = client.submit(case_page(client, case_id), "/reply/preview", message=text)
    assert "This is exactly what the person will read." in preview.text
    assert "<b>All</b> of them?" in preview.text
    assert len(thread_of(office, keys)) == 1
    sent = client.submit(preview, "/reply")

    assert "Your message is in the person's mailbox." in sent.text
    assert thread_of(office, keys)[-1].text == text


def test_a_reply_can_ask_for_an_answer(browser: Browser, office: Office) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)

    preview = client.submit(
        case_page(client, case_id), "/reply/preview", message="Which month?", asks="y"
    )
    assert "The mailbox says that you wait for an answer." in preview.text
    client.submit(preview, "/reply")

    assert thread_of(office, keys)[-1].asks


def test_a_reply_can_be_changed_in_the_preview(browser: Browser, office: Office) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)
    preview = client.submit(case_page(client, case_id), "/reply/preview", message="First try.")

    changed = client.submit(preview, "/reply/preview", message="Second try.")
    client.submit(changed, "/reply")

    assert thread_of(office, keys)[-1].text == "Second try."


def test_an_empty_reply_is_asked_for_again(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office)

    page = client.submit(case_page(client, case_id), "/reply/preview", message=" \n ")

    assert page.status == 422
    assert set(page.errors()) == {"message"}


@on_both_databases
def test_a_reply_sent_twice_is_one_message(browser: Browser, office: Office) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)
    preview = client.submit(case_page(client, case_id), "/reply/preview", message="Once.")

    client.submit(preview, "/reply")
    again = client.submit(preview, "/reply")

    assert again.status == 409
    assert len(thread_of(office, keys)) == 2


def test_a_message_that_came_in_meanwhile_stops_an_answer_and_keeps_its_text(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)
    preview = client.submit(case_page(client, case_id), "/reply/preview", message="My answer.")
    reporter_writes(office, keys, "One more thing.")

    stopped = client.submit(preview, "/reply")

    assert stopped.status == 409
    assert "The case has changed since you opened this page" in stopped.text
    assert "My answer." in stopped.text
    assert "One more thing." in case_page(client, case_id).text


# Deciding -----------------------------------------------------------------------------------


def test_acknowledging_gives_the_reference_and_the_person_reads_it(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = browser("ingrid"), new_case(office, keys=keys)

    page = take_step(client, case_id, "acknowledge")

    assert "SI.2026.0001" in page.text
    assert "Being assessed" in page.text
    assert thread_of(office, keys)[-1].reference == "SI.2026.0001"


def test_the_page_of_a_step_says_what_will_happen(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office, facts=report(language="en"))

    page = client.get(f"/en/case/{case_id}/act/acknowledge")

    assert "The case is then: Being assessed." in page.text
    assert "The case gets its reference" in page.text
    assert "This deadline stops: Acknowledgement of receipt." in page.text
    assert page.value("message").startswith("We have received your report")


def test_a_report_is_accepted_with_a_message_that_the_person_reads(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = routed(browser, office, keys=keys)

    page = take_step(client, case_id, "accept_external", message="We look into it.")

    assert "Under investigation" in page.text
    assert thread_of(office, keys)[-1].text == "We look into it."


def test_a_report_is_passed_on_and_the_person_reads_to_whom_and_why(
    browser: Browser, office: Office
) -> None:
    keys = receipt_keys()
    client, case_id = assessed(browser, office, keys=keys, facts=report(language="en"))
    take_step(client, case_id, "check_scope", OUT_OF_SCOPE)

    page = take_step(client, case_id, "transmit", ELSEWHERE)

    assert "Passed on to another authority" in page.text
    read = thread_of(office, keys)[-1].text
    assert "The federal integrity service" in read
    assert "It is a federal service." in read


def test_a_report_is_inadmissible_only_with_a_written_reason(
    browser: Browser, office: Office
) -> None:
    client, case_id = assessed(browser, office)
    take_step(client, case_id, "check_scope", OUT_OF_SCOPE)

    page = take_step(client, case_id, "declare_inadmissible", message="Elsewhere.", reason=" ")

    assert page.status == 422
    assert set(page.errors()) == {"reason"}
    assert page.value("message") == "Elsewhere."
    assert "Being assessed" in case_page(client, case_id).text


def test_the_internal_channel_cannot_be_skipped(browser: Browser, office: Office) -> None:
    client, case_id = assessed(browser, office)
    take_step(client, case_id, "check_scope", IN_SCOPE)

    assert client.get(f"/en/case/{case_id}/act/accept_external").status == 409


def test_the_internal_channel_is_advised_where_nothing_speaks_against_it(
    browser: Browser, office: Office
) -> None:
    client, case_id = routed(browser, office, facts=NO_REASON_AGAINST)

    page = take_step(client, case_id, "advise_internal", message="Try the officer first.")

    assert "Advised to use the internal channel" in page.text


def test_the_internal_channel_is_advised_against_the_proposal_only_with_a_reason(
    browser: Browser, office: Office
) -> None:
    client, case_id = routed(browser, office)
    form = client.get(f"/en/case/{case_id}/act/advise_internal")
    assert "What does the rule propose? Our office handles it: the external channel" in form.text
    assert "Those in charge are involved" in form.text
    assert "The person may always choose the external channel." in form.text

    refused = client.submit(form, "/act/advise_internal/preview", message="Try the officer.")
    assert set(refused.errors()) == {"reason"}
    seen = client.submit(
        refused, "/act/advise_internal/preview", reason="The leaders have changed."
    )
    taken = client.submit(seen, "/act/advise_internal")

    assert "Advised to use the internal channel" in taken.text


def test_a_message_with_a_gap_is_not_sent(browser: Browser, office: Office) -> None:
    client, case_id = routed(browser, office)

    page = take_step(client, case_id, "accept_external")

    assert page.status == 422
    assert "Replace the part between" in page.errors()["message"]


def test_a_step_needs_the_message_that_the_person_reads(browser: Browser, office: Office) -> None:
    client, case_id = routed(browser, office)

    page = take_step(client, case_id, "accept_external", message="")

    assert set(page.errors()) == {"message"}


def test_the_text_to_start_from_is_in_the_language_of_the_person(
    browser: Browser, office: Office
) -> None:
    client, case_id = browser("ingrid"), new_case(office, facts=COMPLAINT)

    texts = {
        language: client.get(f"/{language}/case/{case_id}/act/acknowledge").value("message")
        for language in ("nl", "en")
    }

    # The pages are in Dutch and English, the person reads French.
    assert texts["nl"] == texts["en"]
    assert "plainte" in texts["nl"]


def test_the_case_page_says_why_a_step_is_not_possible(browser: Browser, office: Office) -> None:
    page = case_page(browser("ingrid"), new_case(office))

    assert "Conclude Not now: Not possible from where the case stands now." in page.text
    assert "Reopen Not now: Your role does not include this step." in page.text


def test_a_step_that_is_not_possible_has_no_page(browser: Browser, office: Office) -> None:
    client, case_id = browser("ingrid"), new_case(office)

    assert client.get(f"/en/case/{case_id}/act/conclude").status == 409
    assert client.get(f"/en/case/{case_id}/act/reopen").status == 409
    assert client.get(f"/en/case/{case_id}/act/accept").status == 404
    assert client.get(f"/en/case/{case_id}/act/nonsense").status == 404


@on_both_databases
def test_the_second_of_two_investigators_learns_that_the_case_has_changed(
    browser: Browser, office: Office
) -> None:
    case_id = new_case(office)
    ingrid, hilde = browser("ingrid"), browser("hilde")
    forms = [one.get(f"/en/case/{case_id}/act/acknowledge") for one in (ingrid, hilde)]

    seen = [
        one.submit(form, "/act/acknowledge/preview", message=f"From {name}.")
        for one, form, name in zip((ingrid, hilde), forms, ("Ingrid", "Hilde"), strict=True)
    ]
    ingrid.submit(seen[0], "/act/acknowledge")
    second = hilde.submit(seen[1], "/act/acknowledge")

    assert second.status == 409
    assert "Someone else worked on it, or a new message came in." in second.text
    assert "From Hilde." in second.text
    assert "From Ingrid." in case_page(hilde, case_id).text


def test_a_closed_case_is_reopened_by_the_head_with_a_reason(
    browser: Browser, office: Office
) -> None:
    client, case_id = assessed(browser, office)
    take_step(client, case_id, "check_scope", OUT_OF_SCOPE)
    take_step(client, case_id, "declare_inadmissible", message="No.", reason="Not ours.")
    take_step(client, case_id, "close")
    hilde = browser("hilde")

    page = take_step(hilde, case_id, "reopen", message="", reason="New facts came in.")

    assert "Being assessed" in page.text
    assert "New facts came in." in page.text


# Handing over -------------------------------------------------------------------------------


def test_after_someone_takes_a_case_a_colleague_cannot_open_it_by_mathematics(
    browser: Browser, office: Office
) -> None:
    case_id = new_case(office)
    ingrid, hilde = browser("ingrid"), browser("hilde")
    assert case_page(hilde, case_id).status == 200

    taken = ingrid.submit(case_page(ingrid, case_id), "/take")

    assert "You took the case." in taken.text
    assert case_page(hilde, case_id).status == 404
    assert case_id not in hilde.get("/en/?view=all").source
    with office.database.reading() as session:
        grants = session.scalars(
            select(CaseGrant.holder_kind).where(CaseGrant.case_id == bytes.fromhex(case_id))
        ).all()
    assert sorted(grants) == ["person", "recovery"]


def test_a_case_shared_with_an_investigator_opens_for_her(browser: Browser, office: Office) -> None:
    case_id = new_case(office)
    igor = browser("igor")
    ingrid = browser("ingrid")
    form = ingrid.get(f"/en/case/{case_id}/share")
    assert "Ada Admin" not in form.text
    assert "Carla Custodian" not in form.text

    colleague = office.signed_in("igor").member.id.hex()
    shared = ingrid.submit(form, "/share", colleague=colleague)

    assert "Your colleague can open the case now." in shared.text
    assert "Igor Investigator" in shared.text
    assert case_page(igor, case_id).status == 200
    assert "Igor Investigator" not in ingrid.get(f"/en/case/{case_id}/share").text


def test_a_key_cannot_be_given_to_someone_who_works_on_no_case(
    browser: Browser, office: Office
) -> None:
    case_id = new_case(office)
    ingrid = browser("ingrid")
    carla = office.signed_in("carla").member.id.hex()
    browser("igor")

    page = ingrid.submit(
        ingrid.get(f"/en/case/{case_id}/share"), "/share", tampered={"colleague": carla}
    )

    assert page.status == 422


def test_a_case_given_back_is_open_to_intake_again(browser: Browser, office: Office) -> None:
    case_id = new_case(office)
    ingrid, hilde = browser("ingrid"), browser("hilde")
    taken = ingrid.submit(case_page(ingrid, case_id), "/take")

    page = ingrid.submit(taken, "/give-back")

    assert page.heading == "Inbox"
    assert "The case is in the intake pool again." in page.text
    assert case_page(hilde, case_id).status == 200


@on_both_databases
def test_two_people_who_take_one_case_do_not_both_get_it(
    browser: Browser, office: Office, clock: FixedClock
) -> None:
    case_id = new_case(office)
    ingrid, hilde = browser("ingrid"), browser("hilde")
    pages = [case_page(one, case_id) for one in (ingrid, hilde)]

    ingrid.submit(pages[0], "/take")
    second = hilde.submit(pages[1], "/take")

    assert second.status == 404


@pytest.mark.parametrize(
    "path",
    ["note", "reply", "reply/preview", "act/acknowledge/preview", "take", "give-back", "share"],
)
def test_nothing_is_done_without_the_token_of_the_page(
    browser: Browser, office: Office, path: str
) -> None:
    client, case_id = browser("ingrid"), new_case(office)

    page = client.post(f"/en/case/{case_id}/{path}", {"note": "x", "message": "kept words"})

    assert page.status == 400
    assert "kept words" in page.text
