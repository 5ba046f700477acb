"""From a complaint to a solution, in a browser with and without scripts."""

import secrets

from tests.e2e.conftest import People
from tests.support.pages import submit, words_of


def test_a_complaint_is_examined_answered_and_concluded(people: People, scripts: bool) -> None:
    title = f"Amende pour une voiture vendue {secrets.token_hex(4)}."
    citizen = people.visitor("fr", scripts=scripts)
    code = citizen.send_complaint(problem=title)
    citizen.keep()

    handler = people.colleague("hilde", scripts=scripts)
    handler.open_case(title)
    seen = words_of(handler.page)
    for told in ("Marie Example", "marie@example.org", "Pay first.", "That the fine goes away."):
        assert told in seen
    handler.step("acknowledge", "Nous avons reçu votre plainte.")
    handler.step("check_admissibility")
    handler.step("accept", "Nous examinons votre plainte.")
    assert handler.preview_reply("Avez-vous l'acte de vente ?") == "Avez-vous l'acte de vente ?"
    handler.send_reply()

    citizen.open_mailbox(code)
    assert "OM." in words_of(citizen.page)
    assert "Avez-vous l'acte de vente ?" in citizen.messages[-1]
    citizen.write("Faut-il l'original ?", kind="question")
    assert "Faut-il l'original ?" in citizen.messages[-1]

    handler.open_case(title)
    assert "Faut-il l'original ?" in handler.messages[-1]
    handler.step("conclude_reconciled", "C'est réglé : l'amende est annulée.")

    citizen.go("/mailbox")
    assert "C'est réglé : l'amende est annulée." in citizen.messages[-1]


def test_an_incomplete_complaint_keeps_what_was_typed_and_names_each_field(
    people: People, scripts: bool
) -> None:
    citizen = people.visitor(scripts=scripts)
    citizen.go("/complaint")
    form = citizen.form("/complaint")
    form.locator("[name=problem]").fill("The bus does not come.")
    submit(form)

    summary = citizen.page.locator("[role=alert]")
    summary.locator('a[href="#name"]').click()
    citizen.page.keyboard.type("Marie")

    assert form.locator("[name=name]").input_value() == "Marie"
    assert form.locator("[name=problem]").input_value() == "The bus does not come."
