"""The console's forms. Lengths and emptiness are judged by the actions; here only what keeps a
page from being sent half filled in."""

from reviewer.forms.console import SHORT, ConsoleForm, without_controls
from reviewer.forms.on_a_case import (
    NewKeyForm,
    NoteForm,
    ReplyForm,
    ShareForm,
    StepForm,
    VersionedForm,
    at_version,
)
from reviewer.forms.sign_in import EnrolmentForm, SignInForm, WelcomeForm

__all__ = [
    "SHORT",
    "ConsoleForm",
    "EnrolmentForm",
    "NewKeyForm",
    "NoteForm",
    "ReplyForm",
    "ShareForm",
    "SignInForm",
    "StepForm",
    "VersionedForm",
    "WelcomeForm",
    "at_version",
    "without_controls",
]
