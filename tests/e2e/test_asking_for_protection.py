"""Somebody who is punished for speaking up asks for protection, with and without scripts."""

from tests.e2e.conftest import People
from tests.support.pages import fill, follow, submit, words_of

REQUEST = {
    "authority_other": "Actiris",
    "what": "I was moved to the depot the week after my report.",
    "measure_on-day": "5",
    "measure_on-month": "10",
    "measure_on-year": "2026",
    "ground": "reported_internally",
    "may_contact_employer": "no",
}


def test_a_request_is_sent_and_says_where_it_stands(people: People, scripts: bool) -> None:
    visitor = people.visitor(scripts=scripts)
    visitor.go()
    follow(visitor.page.locator('main a[href="/en/protection"]').first)
    assert "a recommendation and not an order" in words_of(visitor.page)

    form = visitor.form("/protection")
    measure = form.locator("[name=measures]").first.get_attribute("value") or ""
    fill(form, {**REQUEST, "measures": (measure,)})
    assert submit(form).status == 200
    code = visitor.code
    visitor.keep()
    assert "Other deadlines keep running" in words_of(visitor.page)

    visitor.open_mailbox(code)
    seen = words_of(visitor.page)
    assert "Your request is with us." in seen
    assert "Actiris" in seen
    assert "I reported something inside the service" in seen


def test_the_employer_is_asked_about_nobody(people: People, scripts: bool) -> None:
    visitor = people.visitor(scripts=scripts)
    visitor.go("/protection")
    fill(visitor.form("/protection"), {"what": "Moved.", "may_contact_employer": "yes"})

    assert submit(visitor.form("/protection")).status == 422

    assert "Type your name" in words_of(visitor.page)
