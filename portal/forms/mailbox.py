"""The mailbox's forms: the receipt code, a message, the confirmation that the code is kept."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form
from wtforms.form import BaseForm

from cases.domain.contents import MessageKind
from cases.domain.flows import Flow
from web.forms.fields import Answer, Hidden, Required, Story, Words

REPLY = MessageKind.REPLY
QUESTION = MessageKind.QUESTION


class CodeForm(Form):
    """The ten words of a receipt code."""

    code = Words(_("Your receipt code"), Required(_("Type the ten words of your receipt code.")))


class _UnlessFiles(Required):
    """A message may be files and no words."""

    def __call__(self, form: BaseForm, field: Any) -> None:
        """Stop with our message where there is neither."""
        if not (isinstance(form, MessageForm) and form.with_files):
            super().__call__(form, field)


class MessageForm(Form):
    """A message to the office.

    Attributes:
        with_files: files go with it, so that it needs no words.
    """

    kind = Answer(
        _("What do you want to send?"),
        (
            (REPLY.value, _("An answer, or something to add")),
            (QUESTION.value, _("A question to the office")),
        ),
    )
    text = Story(_("Your message"), _UnlessFiles(_("Type your message, or add a file.")))

    seen = Hidden()

    def __init__(self, formdata: Any = None, with_files: bool = False) -> None:
        super().__init__(formdata, kind=REPLY.value)
        self.with_files = with_files

    @property
    def last_seen(self) -> int:
        """The position of the last message on the page that was sent; 0 where it is lost."""
        seen = self.seen.data or ""
        return int(seen) if re.fullmatch(r"[0-9]{1,6}", seen) else 0

    @property
    def message_kind(self) -> MessageKind:
        """What a valid form says it is."""
        return MessageKind(self.kind.data or REPLY)


class KeptForm(Form):
    """Whether the code is kept; the code travels along so that the page can show it again."""

    code = Hidden()
    flow = Hidden()
    kept = BooleanField(
        _("I have kept my receipt code"),
        [Required(_("First keep the ten words, then tick this box."))],
    )

    @property
    def way_in(self) -> Flow:
        """Which form the code belongs to; it decides only what the next page says."""
        known = {flow.value: flow for flow in Flow}
        return known.get(self.flow.data or "", Flow.REPORT)
