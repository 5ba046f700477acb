"""What a signed-in person sees: the mailbox and its thread."""

from collections.abc import Iterable

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from cases.actions import mailboxes
from cases.actions.mailboxes import OpenMailbox
from cases.actions.threads import Thread, ThreadMessage
from cases.domain.attachments import Attachment
from cases.domain.contents import Author
from cases.domain.texts import read_message
from cases.errors import NotFound, SessionEnded
from portal.answers import kept_away_rows, rows
from portal.continuing import invited
from portal.forms.mailbox import MessageForm
from portal.meanings import MEANINGS, tone_of
from portal.outlook import outlook
from web.cookies import browser
from web.database import db
from web.labels import text_of
from web.offering import offer
from web.problems import Problem
from web.services import services
from web.uploads import arrived_at, attached


def opened() -> OpenMailbox:
    """The mailbox of the browser that asks. Raises SessionEnded where it has none open."""
    token = browser().token
    if token is None:
        raise SessionEnded
    rosters = services().rosters_of_the_past()
    return mailboxes.open_mailbox(db(), token, arrived_at(), rosters)


def opened_if_signed_in() -> OpenMailbox | None:
    """The same, or None."""
    try:
        return opened()
    except SessionEnded:
        return None


def already_written(mailbox: OpenMailbox, form: MessageForm) -> bool:
    """Whether this message came in since the page was shown: the button was pressed twice.

    Its files are the same ones where their content is; those of a second press got other names.
    """
    text = read_message(form.text.data or "", required=False)
    sent = (Author.REPORTER, form.message_kind, text, _contents(attached()))
    return any(
        (message.author, message.kind, message.text, _contents(message.attachments)) == sent
        for message in mailboxes.mailbox_thread(db(), mailbox).messages
        if message.position > form.last_seen
    )


def file_of(mailbox: OpenMailbox, file_id: str) -> Attachment:
    """A file of a message of this mailbox, by its id in hexadecimal. Raises NotFound."""
    for message in mailboxes.mailbox_thread(db(), mailbox).messages:
        for each in message.attachments:
            if each.id.hex() == file_id:
                return each
    raise NotFound


def mailbox_page(
    mailbox: OpenMailbox,
    form: MessageForm,
    problem: Problem | None = None,
    just_sent: bool = False,
    just_done: bool = False,
) -> str:
    """The page of an open mailbox."""
    thread = mailboxes.mailbox_thread(db(), mailbox)
    form.seen.data = form.seen.data or _last_position(thread)
    return render_template(
        "portal/mailbox.html",
        mailbox=mailbox,
        state=text_of(mailbox.state),
        tone=tone_of(mailbox.state),
        meaning=MEANINGS[mailbox.flow, mailbox.state],
        outlook=outlook(mailbox, thread, services().today()),
        thread=thread,
        other_flow=invited(mailbox.flow, thread.messages),
        heading_of=_heading,
        rows_of=_rows,
        file_address=_file_address,
        text_of=text_of,
        form=form,
        problem=problem,
        just_sent=just_sent,
        just_done=just_done,
    )


def _contents(files: Iterable[Attachment]) -> list[tuple[str, bytes]]:
    return [(each.path, each.sha256) for each in files]


def _file_address(file: Attachment) -> str:
    return url_for("mailbox.file", file_id=file.id.hex())


def _last_position(thread: Thread) -> str:
    return str(max((message.position for message in thread.messages), default=0))


def _rows(message: ThreadMessage) -> list[tuple[str, str]]:
    if message.facts is None:
        return []
    shown = offer()
    away = kept_away_rows(message.excluded, message.excluded_other, shown)
    return [*rows(message.facts, shown), *away]


def _heading(message: ThreadMessage) -> str:
    who = _("You") if message.author is Author.REPORTER else _("The office")
    what = text_of(message.state) if message.state else text_of(message.kind)
    return str(pgettext("heading of a message", "%(who)s: %(what)s", who=who, what=what))
