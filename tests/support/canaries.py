"""A journey with a word of its own in every field that a person can fill in.

Whatever is found of these words afterwards, outside the sealed bytes, is a leak.
"""

import secrets
from dataclasses import dataclass, field

from tests.support.answers import Answer
from tests.support.browser import Windows
from tests.support.consulting_pages import (
    open_question,
    prepare_question,
    preview_answer,
    release_question,
    send_answer,
)
from tests.support.pages import ConsolePages, PortalPages, fill, submit
from tests.support.staffed_office import Account, StaffedOffice


@dataclass
class Canaries:
    """Words that exist nowhere else, by the field they were typed into."""

    words: dict[str, str] = field(default_factory=dict)

    def __call__(self, place: str) -> str:
        """A word for a field; random, so that nothing else can contain it."""
        self.words[place] = f"canary{secrets.token_hex(8)}"
        return self.words[place]

    def keep(self, place: str, text: str) -> str:
        """Look for a text that was not made here too, such as a receipt code."""
        self.words[place] = text
        return text


def journey(office: StaffedOffice, windows: Windows) -> Canaries:
    """Report, complaint and everything that follows, with a canary in each field."""
    canaries = Canaries()
    agent = canaries("user agent")
    visitor = PortalPages(windows.open(user_agent=agent), office.served.portal.url)
    officer = ConsolePages(windows.open(), office.served.console.url)
    visitor.page.set_extra_http_headers({"X-Forwarded-For": canaries("forwarded for")})

    report = _sent(visitor, canaries, "/report", _report(canaries))
    other_report = _sent(visitor, canaries, "/report", _other_report(canaries))
    complaint = _sent(visitor, canaries, "/complaint", _complaint(canaries))
    _sent(visitor, canaries, "/protection", _request(canaries))
    _lost(visitor, canaries)

    _sign_in(officer, canaries, office.accounts["ingrid"])
    for case, code in (("what", report), ("other what", other_report), ("problem", complaint)):
        _handled(officer, canaries, case)
        _answered(visitor, canaries, case, code)
        officer.open_case(canaries.words[case])
        # The last mailbox stays open, and so does the console: sessions are searched too.
        if code != complaint:
            visitor.leave()
    service = PortalPages(windows.open(user_agent=agent), office.served.portal.url)
    _consulted(officer, service, canaries)
    _examined(officer, canaries)
    _typed_in(officer, canaries)
    _searched(officer, canaries)
    return canaries


def _report(canaries: Canaries) -> dict[str, Answer]:
    return {
        "authority": "other",
        "authority_other": canaries("authority"),
        "what": canaries("what"),
        "when_where": canaries("when and where"),
        "how_known": "documents",
        "how_known_documents": canaries("documents"),
        "internal_channel": "used",
        "internal_when": canaries("internal when"),
        "internal_to": canaries("internal to"),
        "internal_result": canaries("internal result"),
        "reprisals": "happened",
        "reprisals_happened": canaries("reprisals happened"),
        "breaches": "favouritism",
        "who_else_knows": canaries("who else knows"),
        "belongs_to": canaries("belongs to"),
        "identity": "in_confidence",
        "name": canaries("confidential name"),
        "contact": canaries("confidential contact"),
        "excluded_other": canaries("kept away"),
    }


def _other_report(canaries: Canaries) -> dict[str, Answer]:
    return {
        "what": canaries("other what"),
        "how_known": "other",
        "how_known_other": canaries("how known"),
        "internal_channel": "not_used",
        "internal_reasons": "other",
        "internal_reason_detail": canaries("internal reason"),
        "reprisals": "feared",
        "reprisals_feared": canaries("reprisals feared"),
    }


def _complaint(canaries: Canaries) -> dict[str, Answer]:
    return {
        "authority": "other",
        "authority_other": canaries("complaint authority"),
        "problem": canaries("problem"),
        "facts_on-day": "27",
        "facts_on-month": "3",
        "facts_on-year": "2026",
        "contacted_first": "yes_unsatisfied",
        "contacted_when_unsatisfied": canaries("contacted when"),
        "service_answer": canaries("service answer"),
        "service_reference": canaries("service reference"),
        "hopes": canaries("hopes"),
        "belongs_to": canaries("complaint belongs to"),
        "complainant": "organisation",
        "represented_organisation": canaries("organisation"),
        "name": canaries("complainant name"),
        "email": f"{canaries('email')}@example.org",
        "phone": canaries("phone"),
        "address": canaries("address"),
    }


def _request(canaries: Canaries) -> dict[str, Answer]:
    return {
        "authority_other": canaries("employer"),
        "what": canaries("measure"),
        "author": canaries("author"),
        "employer_reason": canaries("employer reason"),
        "ground": "reported_here",
        "report_reference": canaries("report reference"),
        "reported_when": canaries("reported when"),
        "asks": canaries("asks"),
        "may_contact_employer": "yes",
        "name": canaries("name of the protected"),
        "email": f"{canaries('email of the protected')}@example.org",
        "phone": canaries("phone of the protected"),
        "address": canaries("address of the protected"),
    }


def _sent(visitor: PortalPages, canaries: Canaries, path: str, answers: dict[str, Answer]) -> str:
    code = visitor.send(path, answers)
    number = len(canaries.words)
    _keep_words(canaries, f"receipt code {number}", code)
    canaries.keep(f"cookie {number}", visitor.page.context.cookies()[0]["value"])
    visitor.keep()
    return code


def _keep_words(canaries: Canaries, place: str, words: str) -> None:
    canaries.keep(f"{place}: words", words)
    # Neighbours too: words that are split or joined otherwise show in them.
    first, second, third, *_ = words.split()
    for mark in (" ", "-", ",", "+", '", "'):
        canaries.keep(f"{place}: words by {mark!r}", mark.join((first, second, third)))


def _lost(visitor: PortalPages, canaries: Canaries) -> None:
    """Places where nothing is expected of a visitor."""
    visitor.go(f"/{canaries('path')}")
    visitor.go(f"/mailbox?{canaries('query')}={canaries('query value')}")
    visitor.open_mailbox(canaries("wrong code"))
    visitor.go("/report")
    fill(visitor.form("/report"), {"when_where": canaries("refused report")})
    submit(visitor.form("/report"))


def _sign_in(officer: ConsolePages, canaries: Canaries, account: Account) -> None:
    wrong = Account(canaries("unknown login"), canaries("wrong passphrase"))
    officer.sign_in(wrong, canaries("wrong one-time code"))
    canaries.keep("passphrase", account.passphrase)
    canaries.keep("authenticator secret", account.totp_secret)
    officer.sign_in(account)
    officer.go(f"/find?reference={canaries('reference')}")


def _handled(officer: ConsolePages, canaries: Canaries, case: str) -> None:
    officer.open_case(canaries.words[case])
    officer.step("acknowledge", canaries(f"{case}: message"), reason=canaries(f"{case}: reason"))
    officer.preview_reply(canaries(f"{case}: reply"))
    officer.send_reply()
    officer.note(canaries(f"{case}: note"))


def _answered(visitor: PortalPages, canaries: Canaries, case: str, code: str) -> None:
    visitor.open_mailbox(code)
    visitor.write(canaries(f"{case}: answer"))
    visitor.write(canaries(f"{case}: question"), kind="question")
    (cookie,) = visitor.page.context.cookies()
    canaries.keep(f"{case}: mailbox cookie", cookie["value"])


def _consulted(officer: ConsolePages, service: PortalPages, canaries: Canaries) -> None:
    """Two questions about the open complaint: one is answered, one stays open at the service."""
    met = dict.fromkeys(("competent", "contacted", "recent"), "met")
    officer.step("check_admissibility", **met, explanation=canaries("explanation"))
    officer.step("accept", canaries("accepted"))
    for question in ("first question", "second question"):
        officer.open_case(canaries.words["problem"])
        prepare_question(
            officer,
            canaries(question),
            marked=canaries(f"{question}: marked"),
            service="other",
            service_other=canaries(f"{question}: service"),
        )
        words, link = release_question(officer)
        _keep_words(canaries, question, words)
        assert open_question(service, link, words) == 200
        preview_answer(service, link, canaries(f"{question}: answer"))
        (cookie,) = service.page.context.cookies()
        canaries.keep(f"{question}: cookie", cookie["value"])
        if question == "first question":
            send_answer(service, link)


def _examined(officer: ConsolePages, canaries: Canaries) -> None:
    """What the office finds and recommends, previewed and as a letter to keep."""
    officer.open_case(canaries.words["problem"])
    officer.step("start_examination")
    officer.step("assess_norm", norm="law", verdict="breached", why=canaries("why of a norm"))
    officer.step("set_identity_disclosure", withheld="yes", how=canaries("how identity is kept"))
    officer.step(
        "recommend",
        reason=canaries("reason of a recommendation"),
        notice=canaries("letter to the service"),
        addressee=canaries("addressee"),
        text=canaries("recommendation"),
    )
    # Until the person agrees, the letter waits for a second person to read it.
    officer.step("set_identity_disclosure", withheld="no", how=canaries("how identity is told"))
    link = officer.page.locator('#history a[href$="/service.pdf"]').last.get_attribute("href")
    assert officer.page.request.get(f"{officer.url}{link}").body().startswith(b"%PDF-")
    officer.preview("conclude_founded", canaries("outcome"), notice=canaries("unsent letter"))


def _typed_in(officer: ConsolePages, canaries: Canaries) -> None:
    """A report by phone: its code is shown on the console, once."""
    officer.go("/typed-in/report")
    form = officer.form("/typed-in/report")
    answers: dict[str, Answer] = {"way": "phone", "what": canaries("typed in")}
    fill(form, {**answers, "internal_channel": "not_used", "internal_reasons": "other"})
    fill(form, {"internal_reason_detail": canaries("typed in: reason")})
    with officer.page.expect_navigation():
        form.locator("button[type=submit]:visible:not([name])").click()
    code = " ".join(officer.page.locator("[data-receipt-code] li").all_text_contents())
    _keep_words(canaries, "typed in: receipt code", code)


def _searched(officer: ConsolePages, canaries: Canaries) -> None:
    """Once for what is in a case, and for what is in none."""
    for words in (canaries.words["problem"], canaries("searched words")):
        officer.go("/search")
        fill(officer.form("/search"), {"words": words})
        submit(officer.form("/search"))
