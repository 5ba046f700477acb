"""`zegel jobs`: the work that a day brings without anybody asking for it."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from cases.actions import chain, custody_mail, evidence, reminder_mail
from cases.actions import jobs as actions
from cases.actions.reminder_mail import Notice
from cases.database import Database
from cases.domain.reference import ReferenceData
from cases.evidence_store import EvidenceStore
from cases.queries.reference_data import current
from reviewer.commands.erasure import keep_list
from reviewer.commands.evidence import sweep_all, swept
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import evidence_store, now, open_database, today
from reviewer.mail import AddressRefused, MailFailed, compose, deliver
from reviewer.mail_settings import SENDER, SERVER, MailServer, mail_server
from reviewer.mail_texts import FALLBACK, MailText, custody_text, reminder_text
from web.database import Session

_LANGUAGE = "mail.language"
_NO_SERVER = lazy_gettext(
    "mail: off; set %(server)s and %(sender)s to tell colleagues of reminders",
    server=SERVER,
    sender=SENDER,
)
_STILL_THERE = lazy_gettext("what waits stays in the console, and the next run tries again")


@dataclass(frozen=True)
class _Mailing:
    """One reason to write to colleagues: to whom, marked as told and not, in which words."""

    notices: Callable[[Session, date], list[Notice]]
    claim: Callable[[Session, bytes, date], Notice | None]
    give_back: Callable[[Session, Notice], None]
    text: Callable[[int, str], MailText]


_MAILINGS = (
    _Mailing(reminder_mail.notices, reminder_mail.claim, reminder_mail.give_back, reminder_text),
    _Mailing(custody_mail.notices, custody_mail.claim, custody_mail.give_back, custody_text),
)


@dataclass
class _Sent:
    """How many messages left, and whose address the server refused."""

    count: int = 0
    refused: tuple[str, ...] = ()


@click.group()
def jobs() -> None:
    """Do what is due today."""


@jobs.command()
@click.option("--dry-run", is_flag=True, help="say what would be done, and change nothing")
def run(dry_run: bool) -> None:
    """Raise reminders, end waits, purge sessions, chain days, write to colleagues, sweep files.

    Run it at least once a day, as often as you like and on as many machines as you like.
    """
    server, store = mail_server(), evidence_store()
    with closing(open_database()) as database:
        if dry_run:
            _rehearse(database, server, store)
            return
        _work(database)
        with ExitStack() as afterwards:
            # None waits for another: a store that fails keeps no reminder from anybody.
            afterwards.callback(keep_list, database)
            afterwards.callback(_sweep, database, store)
            _write(database, server)


def _work(database: Database) -> None:
    # One transaction each: what fails stops nothing that was done before it.
    with database.writing() as session:
        click.echo(_waits(actions.end_waits(session, current(session), today())))
    with database.writing() as session:
        click.echo(_reminders(actions.remind(session, current(session), today())))
    with database.writing() as session:
        click.echo(_names(actions.end_identity_requests(session, now())))
    with database.writing() as session:
        click.echo(_sessions(actions.purge_sessions(session, now())))
    with database.writing() as session:
        click.echo(_trail(chain.close_days(session, today())))
    database.scrub()


def _sweep(database: Database, store: EvidenceStore) -> None:
    click.echo(swept(sweep_all(database, store)))


def _rehearse(database: Database, server: MailServer | None, store: EvidenceStore) -> None:
    # The work itself, undone: what it says is what would happen.
    with database.writing() as session:
        data = current(session)
        click.echo(_("dry run: nothing is changed and nothing is sent"))
        click.echo(_waits(actions.end_waits(session, data, today())))
        click.echo(_reminders(actions.remind(session, data, today())))
        click.echo(_names(actions.end_identity_requests(session, now())))
        click.echo(_sessions(actions.purge_sessions(session, now())))
        click.echo(_trail(chain.close_days(session, today())))
        number = sum(len(each.notices(session, today())) for each in _MAILINGS)
        click.echo(
            _NO_SERVER
            if server is None
            else _("mail: %(messages)s to send", messages=_messages(number))
        )
        click.echo(swept(evidence.sweepable(session, store, today())))
        session.rollback()


def _write(database: Database, server: MailServer | None) -> None:
    if server is None:
        click.echo(_NO_SERVER)
        return
    with database.reading() as session:
        waiting = [(each, each.notices(session, today())) for each in _MAILINGS]
        language = _language(current(session))
    sent = _Sent()
    for mailing, notices in waiting:
        for notice in notices:
            _tell(database, server, mailing, notice.staff_id, language, sent)
    click.echo(_("mail: %(messages)s sent", messages=_messages(sent.count)))
    if sent.refused:
        logins = ", ".join(dict.fromkeys(sent.refused))
        raise CommandFailed(
            _(
                "the mail server refuses the address of %(logins)s; %(still_there)s",
                logins=logins,
                still_there=_STILL_THERE,
            )
        )


def _tell(
    database: Database,
    server: MailServer,
    mailing: _Mailing,
    staff_id: bytes,
    language: str,
    sent: _Sent,
) -> None:
    with database.writing() as session:
        notice = mailing.claim(session, staff_id, today())
    if notice is None:
        return
    try:
        _send(server, notice, mailing.text(notice.waiting, language))
    except AddressRefused:
        _give_back(database, mailing, notice)
        sent.refused += (notice.login,)
    except MailFailed as failure:
        _give_back(database, mailing, notice)
        raise CommandFailed(
            _(
                "%(messages)s sent, then %(failure)s; %(still_there)s",
                messages=_messages(sent.count),
                failure=failure,
                still_there=_STILL_THERE,
            )
        ) from None
    else:
        sent.count += 1


def _send(server: MailServer, notice: Notice, text: MailText) -> None:
    deliver(server, compose(server, notice.email, text.subject, text.body))


def _language(data: ReferenceData) -> str:
    try:
        return data.setting(_LANGUAGE)
    except KeyError:
        return FALLBACK  # the office withdrew the setting


def _give_back(database: Database, mailing: _Mailing, notice: Notice) -> None:
    with database.writing() as session:
        mailing.give_back(session, notice)


def _waits(number: int) -> str:
    return _("waits that are over: %(number)s", number=number)


def _reminders(done: actions.Reminded) -> str:
    return _(
        "reminders: %(raised)s raised, %(gone)s gone with their clocks",
        raised=done.raised,
        gone=done.gone,
    )


def _names(number: int) -> str:
    return _("requests for names: %(number)s ended", number=number)


def _sessions(number: int) -> str:
    return _("expired sessions: %(number)s deleted", number=number)


def _trail(number: int) -> str:
    return _("trail: %(number)s entries of past days joined the chain", number=number)


def _messages(number: int) -> str:
    return ngettext("%(num)s message", "%(num)s messages", number)
