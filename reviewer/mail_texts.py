"""What the office's mail to its own people says: how much waits for them, and nothing of a case."""

from collections.abc import Callable
from dataclasses import dataclass

from babel.support import NullTranslations, Translations

from web.i18n import LANGUAGES, TRANSLATIONS

FALLBACK = "en"
# Between two languages.
_RULE = "\n- - -\n\n"


@dataclass(frozen=True)
class MailText:
    """A subject and a body in one language."""

    subject: str
    body: str


def reminder_text(waiting: int, languages: str) -> MailText:
    """The mail about reminders that wait in the console.

    No link either: whoever reads mail learns to sign in by an address they know, and a mail that
    copies this one leads nowhere.

    Args:
        waiting: how many deadlines have a reminder; of what kind is nobody's business here.
        languages: codes with blanks between; each that is none of ours means English.
    """

    def said_in(texts: NullTranslations) -> MailText:
        count = texts.ngettext(
            "%(num)d reminder waits for you in the console.",
            "%(num)d reminders wait for you in the console.",
            waiting,
        )
        subject = texts.gettext("Reminders wait in the console")
        return MailText(subject, _body(texts, count % {"num": waiting}))

    return _in_each(languages, said_in)


def custody_text(waiting: int, languages: str) -> MailText:
    """The mail to a custodian about requests for names; nothing of a case, nor who asks.

    Args:
        waiting: how many requests wait for the custodian's decision.
        languages: codes with blanks between; each that is none of ours means English.
    """

    def said_in(texts: NullTranslations) -> MailText:
        count = texts.ngettext(
            "%(num)d request waits in the console for your decision as a custodian.",
            "%(num)d requests wait in the console for your decision as a custodian.",
            waiting,
        )
        subject = texts.gettext("Requests wait in the console")
        return MailText(subject, _body(texts, count % {"num": waiting}))

    return _in_each(languages, said_in)


def _in_each(languages: str, said_in: Callable[[NullTranslations], MailText]) -> MailText:
    """One after the other, in the order of the codes."""
    codes = dict.fromkeys(languages.split()) or (FALLBACK,)
    texts = [said_in(_texts_in(code)) for code in codes]
    subjects = dict.fromkeys(text.subject for text in texts)
    return MailText(" / ".join(subjects), _RULE.join(text.body for text in texts))


def _body(texts: NullTranslations, first: str) -> str:
    paragraphs = (
        first,
        texts.gettext("Open the console as you always do and sign in to read more."),
        texts.gettext("This message holds nothing of a case, and answers to it are not read."),
    )
    return "\n\n".join(paragraphs) + "\n"


def _texts_in(language: str) -> NullTranslations:
    # Outside a request: there is no page whose language could decide.
    known = language if language in LANGUAGES else FALLBACK
    return Translations.load(str(TRANSLATIONS), [known])
