"""What the office's mail to its own people says: how many reminders wait, and nothing of a case."""

from dataclasses import dataclass

from babel.support import NullTranslations, Translations

from web.i18n import LANGUAGES, TRANSLATIONS

FALLBACK = "en"


@dataclass(frozen=True)
class MailText:
    """A subject and a body in one language."""

    subject: str
    body: str


def reminder_text(waiting: int, language: str) -> MailText:
    """The mail about reminders that wait in the console.

    No link either: whoever reads mail learns to sign in by an address they know, and a mail that
    copies this one leads nowhere.

    Args:
        waiting: how many deadlines have a reminder; of what kind is nobody's business here.
        language: one of ours; any other means English.
    """
    texts = _texts_in(language)
    count = texts.ngettext(
        "%(num)d reminder waits for you in the console.",
        "%(num)d reminders wait for you in the console.",
        waiting,
    )
    paragraphs = (
        count % {"num": waiting},
        texts.gettext("Open the console as you always do and sign in to read more."),
        texts.gettext("This message holds nothing of a case, and answers to it are not read."),
    )
    subject = texts.gettext("Reminders wait in the console")
    return MailText(subject, "\n\n".join(paragraphs) + "\n")


def _texts_in(language: str) -> NullTranslations:
    # Outside a request: there is no page whose language could decide.
    known = language if language in LANGUAGES else FALLBACK
    return Translations.load(str(TRANSLATIONS), [known])
