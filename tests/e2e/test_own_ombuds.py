"""A complaint about a service with an ombuds of its own: who handles it, and never a dead end."""

from tests.e2e.conftest import People
from tests.support.pages import fill, submit, words_of


def test_who_complains_about_the_tram_hears_who_handles_it_and_may_go_on(
    people: People, scripts: bool
) -> None:
    visitor = people.visitor(scripts=scripts)
    visitor.go("/complaint")
    form = visitor.form("/complaint")
    fill(
        form,
        {
            "authority_other": "brussels intercommunal transport company (stib-mivb)",
            "problem": "A fine on the tram.",
            "facts_on-day": "27",
            "facts_on-month": "3",
            "facts_on-year": "2026",
            "contacted_first": "yes_no_answer",
            "name": "Marie Example",
            "phone": "02 000 00 00",
        },
    )

    assert submit(form).status == 422
    assert "Ombuds service at STIB-MIVB" in words_of(visitor.page)

    assert submit(visitor.form("/complaint")).status == 200
    assert len(visitor.code.split()) == 10
