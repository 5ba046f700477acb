"""What a reporter sees of a new key of her case, and what stops a message that might go astray."""

from shutil import rmtree

from flask import Flask

from cases.actions import rekeying
from cases.actions.changing import claim
from cases.actions.inbox import open_inbox
from cases.actions.reading import open_case
from cases.queries.inbox import InboxView
from tests.support.html import Client
from tests.support.office import FixedClock, Office
from tests.support.portal_steps import code_on, open_mailbox, send_report, write


def _change_key(office: Office) -> None:
    by, now = office.signed_in("ingrid"), office.clock.now()
    with office.database.writing() as session:
        (item,) = open_inbox(session, InboxView.ALL, by.keys, now.date()).items
        case = open_case(session, item.case_id, by.keys)
        claim(session, case, case.version)
        rekeying.change_key(session, case, by, office.roster(), now)


def test_the_mailbox_says_since_when_only_those_who_handle_the_case_now_can_read(
    portal: Flask, office: Office
) -> None:
    client = Client(portal)
    code = code_on(send_report(Client(portal)))
    _change_key(office)

    mailbox = open_mailbox(client, code)
    assert "only the people who handle your case now can read what you write" in mailbox.text
    assert "Something is wrong" not in mailbox.text

    assert "Your message was sent" in write(client, mailbox, "More to say.").text
    office.answer("We read it.")
    assert "We read it." in client.get("/en/mailbox").text


def test_a_roster_that_has_run_out_still_tells_who_signed_a_key(
    portal: Flask, office: Office, clock: FixedClock
) -> None:
    client = Client(portal)
    code = code_on(send_report(Client(portal)))
    _change_key(office)
    clock.advance(days=800)

    mailbox = open_mailbox(client, code)

    assert "nobody of the office vouches for it" not in mailbox.text
    assert "Your message was sent" in write(client, mailbox, "More to say.").text


def test_a_key_that_cannot_be_verified_sends_nothing_and_keeps_what_was_typed(
    portal: Flask, office: Office
) -> None:
    client = Client(portal)
    code = code_on(send_report(Client(portal)))
    _change_key(office)
    rmtree(office.home / "roster")

    mailbox = open_mailbox(client, code)
    assert "nobody of the office vouches for it" in mailbox.text
    refused = write(client, mailbox, "Who reads this?")

    assert refused.status == 503
    assert "Who reads this?" in refused.text
