"""The pages of portal and console as a person uses them, in any language and without scripts.

Forms are found by where they go and fields by their names, never by their words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, Response

from tests.support.answers import COMPLAINT, PROTECTION, REPORT, Answer
from tests.support.staffed_office import Account


def fill(form: Locator, answers: Mapping[str, Answer]) -> None:
    """Fill in a form in the given order, as some questions unfold under others."""
    for name, answer in answers.items():
        _unfold(form, name)
        controls = form.locator(f'[name="{name}"]')
        kind = controls.first.evaluate("control => control.type")
        if kind in ("radio", "checkbox"):
            for value in (answer,) if isinstance(answer, str) else answer:
                form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            controls.select_option(answer)
        else:
            controls.fill(str(answer))


def _unfold(form: Locator, name: str) -> None:
    """Open the note that a question is folded into."""
    question = form.page.locator(f'[name="{name}"]')
    folded = form.locator("details:not([open])", has=question)
    if folded.count():
        folded.locator("summary").click()


def submit(form: Locator) -> Response:
    """Press the form's button; gives the answer in the end, after redirects."""
    page = form.page
    with page.expect_navigation() as navigation:
        form.locator("button[type=submit]:visible:not([name=attach])").click()
    return navigation.value


def follow(link: Locator) -> Response:
    """Go where a link leads; gives the answer once the page is there, stylesheet and all.

    A click alone returns as soon as the browser begins to go there.
    """
    page = link.page
    with page.expect_navigation() as navigation:
        link.click()
    return navigation.value


def words_of(page: Page) -> str:
    """Everything in the page, folded questions included; white space folded."""
    return " ".join((page.locator("main").text_content() or "").split())


@dataclass(frozen=True, slots=True)
class Standing:
    """What the mailbox says at once: where the case stands, what comes, by when, what is asked."""

    state: str
    what_next: str
    by_when: str
    asked: str


class PortalPages:
    """One visitor of the portal."""

    def __init__(self, page: Page, url: str, language: str = "en") -> None:
        self.page = page
        self.url = url
        self.language = language

    def go(self, path: str = "/") -> Response:
        """Open a page by its path below the language."""
        answer = self.page.goto(f"{self.url}/{self.language}{path}")
        assert answer is not None
        return answer

    def form(self, path: str) -> Locator:
        """The form that goes to a path below the language."""
        return self.page.locator(f'main form[action="/{self.language}{path}"]')

    def send_protection(self, **answers: Answer) -> str:
        """Fill in and send the request for protection; gives the receipt code."""
        return self.send("/protection", {**PROTECTION, **answers})

    def send_report(self, **answers: Answer) -> str:
        """Fill in and send the report; gives the receipt code."""
        return self.send("/report", {**REPORT, **answers})

    def send_complaint(self, **answers: Answer) -> str:
        """Fill in and send the complaint; gives the receipt code."""
        return self.send("/complaint", {**COMPLAINT, **answers})

    def send(self, path: str, answers: Mapping[str, Answer]) -> str:
        """Fill in and send a form with these answers alone; gives the receipt code."""
        self.go(path)
        fill(self.form(path), answers)
        assert submit(self.form(path)).status == 200, words_of(self.page)
        return self.code

    @property
    def code(self) -> str:
        """The receipt code that the page shows."""
        return " ".join(self.page.locator("[data-receipt-code] li").all_text_contents())

    def saved_file(self) -> str:
        """Save the code as a file; gives the file's text."""
        with self.page.expect_download() as download:
            self.form("/receipt/file").locator("button").click()
        return download.value.path().read_text(encoding="utf-8")

    def keep(self) -> None:
        """Confirm that the code is kept."""
        form = self.form("/receipt/kept")
        form.locator("[name=kept]").check()
        assert submit(form).status == 200

    def open_mailbox(self, code: str) -> Response:
        """Type the code on the sign-in page."""
        self.go("/mailbox")
        form = self.form("/mailbox/open")
        fill(form, {"code": code})
        return submit(form)

    def look(self) -> Standing:
        """Open the mailbox once more; gives where the case stands."""
        self.go("/mailbox")
        rows = self.page.locator("main dl.summary").first.locator("dd").all_text_contents()
        next_, by_when, asked, _ = (" ".join(row.split()) for row in rows)
        state = self.page.locator("main .tag").first.inner_text()
        return Standing(state, next_, by_when, asked)

    def act(self, name: str) -> Response:
        """Press the button of a step that the person may take in the open mailbox."""
        return submit(self.form(f"/mailbox/act/{name}"))

    @property
    def messages(self) -> list[str]:
        """The messages of the open mailbox, in order."""
        return messages_of(self.page)

    def write(self, text: str, kind: str = "reply") -> Response:
        """Send a message from the open mailbox."""
        form = self.form("/mailbox/message")
        fill(form, {"kind": kind, "text": text})
        return submit(form)

    def leave(self) -> None:
        """Leave the mailbox by the button at the end of its page."""
        assert submit(self.form("/mailbox/leave")).status == 200

    def delete(self) -> None:
        """Delete the mailbox, with the question before it."""
        follow(self.page.locator(f'main a[href="/{self.language}/mailbox/delete"]'))
        assert submit(self.form("/mailbox/delete")).status == 200


class ConsolePages:
    """One person of the office at the console."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def go(self, path: str = "/") -> Response:
        """Open a page of the English console."""
        answer = self.page.goto(f"{self.url}/en{path}")
        assert answer is not None
        return answer

    def form(self, ending: str) -> Locator:
        """The form whose address ends so."""
        return self.page.locator(f'form[action$="{ending}"]')

    def sign_in(self, account: Account, code: str | None = None) -> Response:
        """Sign in with passphrase and one-time code."""
        self.go("/sign-in")
        form = self.form("/sign-in")
        given = {"login": account.login, "passphrase": account.passphrase}
        fill(form, {**given, "one_time_code": code or account.next_code()})
        return submit(form)

    def sign_out(self) -> None:
        """Leave by the button in the frame."""
        assert submit(self.form("/sign-out")).status == 200

    def row(self, title: str) -> Locator:
        """The row of a case in the inbox of all cases, whichever page of the list it is on."""
        self.go("/?view=all")
        row = self.page.locator("tbody tr").filter(has_text=title)
        while not row.count():
            follow(self.page.locator("a[rel=next]"))
        return row

    def open_case(self, title: str) -> None:
        """Open a case by what it is called in the inbox."""
        follow(self.row(title).locator("a").first)
        assert title in self.heading

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    @property
    def messages(self) -> list[str]:
        """The messages of the open case, in order."""
        return messages_of(self.page.locator("#messages"))

    def begin(self, name: str) -> Locator:
        """Open the page of a step of the case; gives its form."""
        follow(self.page.locator(f'#steps a[href$="/act/{name}"]'))
        return self.form(f"/act/{name}/preview")

    def preview(
        self,
        name: str,
        message: str | None = None,
        *,
        reason: str | None = None,
        notice: str | None = None,
        **details: Answer,
    ) -> Response:
        """Fill in the page of a step and look at it as it will be read.

        What is not given stays as the page offers it. `details` are the step's own questions, by
        the names they have there: `verdict="breached"`.
        """
        form = self.begin(name)
        texts = {"message": message, "notice": notice, "reason": reason}
        fill(form, {f"details-{question}": answer for question, answer in details.items()})
        fill(form, {name: text for name, text in texts.items() if text is not None})
        return submit(form)

    def take_step(self, name: str) -> Response:
        """Take the step that the preview shows."""
        return submit(self.form(f"/act/{name}"))

    def step(
        self,
        name: str,
        message: str | None = None,
        *,
        reason: str | None = None,
        notice: str | None = None,
        **details: Answer,
    ) -> None:
        """Take a step of the open case, as `preview` fills it in; ends on the page of the case."""
        seen = self.preview(name, message, reason=reason, notice=notice, **details)
        assert seen.status == 200, words_of(self.page)
        self.take_step(name)
        assert self.page.url.endswith("done=step"), words_of(self.page)

    def to_the_way_of_a_report(self) -> None:
        """Check scope and internal channel, as the answers say: the way is what comes next."""
        met = dict.fromkeys(("person", "facts", "service", "general_interest"), "met")
        self.step("check_scope", **met)
        self.step("check_internal_channel")

    def preview_reply(self, text: str) -> str:
        """Write a reply; gives what the preview shows."""
        form = self.form("/reply/preview")
        fill(form, {"message": text})
        assert submit(form).status == 200
        return self.page.locator(".thread .written").inner_text()

    def send_reply(self) -> Response:
        """Send what the preview shows."""
        return submit(self.form("/reply"))

    def note(self, text: str) -> Response:
        """Add a note to the open case."""
        form = self.form("/note")
        fill(form, {"note": text})
        return submit(form)

    def take(self) -> Response:
        """Take the open case out of the intake pool."""
        return submit(self.form("/take"))


def day_of(question: str, day: date) -> dict[str, Answer]:
    """The three boxes of a question for a day."""
    return {f"{question}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def messages_of(part: Page | Locator) -> list[str]:
    """The messages of a thread, in order, folded facts included."""
    texts = part.locator(".thread > .message").all_text_contents()
    return [" ".join(text.split()) for text in texts]
