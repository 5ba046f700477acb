"""A question to a public service on the pages of both applications, as people use them."""

from tests.support.answers import Answer
from tests.support.pages import ConsolePages, PortalPages, fill, follow, submit, words_of

CHOICES: dict[str, Answer] = {
    "kind": "documents",
    "service": "actiris",
    "language": "fr",
    "way": "link",
}


def prepare_question(person: ConsolePages, text: str, marked: str = "", **choices: Answer) -> str:
    """From the open case: prepare a question; gives the address of its page."""
    follow(person.page.locator('a[href$="/consultations"]').first)
    follow(person.page.locator('main a[href$="/consultations/prepare"]'))
    form = person.form("/prepare/text")
    fill(form, {**CHOICES, **choices})
    assert submit(form).status == 200, words_of(person.page)
    form = person.form("/consultations/prepare")
    assert "[…" in form.locator("[name=text]").input_value()
    fill(form, {"text": text, "marked": marked})
    assert submit(form).status == 200, words_of(person.page)
    return person.page.url.split("?")[0]


def release_question(person: ConsolePages) -> tuple[str, str]:
    """From the page of a question: release it; gives its ten words and the path of its link."""
    assert submit(person.form("/release")).status == 200, words_of(person.page)
    words = " ".join(person.page.locator("[data-consultation-words] li").all_text_contents())
    link = person.page.locator("[data-consultation-link]").inner_text()
    return words, "/service/" + link.rsplit("/", 1)[1]


def open_question(service: PortalPages, link: str, words: str) -> int:
    """Type the words on the page of a link; gives the status of the answer."""
    service.go(link)
    door = service.form(f"{link}/open")
    fill(door, {"words": words})
    return submit(door).status


def preview_answer(service: PortalPages, link: str, text: str) -> str:
    """Write an answer on the open page; gives what the preview shows."""
    fill(service.form(f"{link}/preview"), {"text": text})
    assert submit(service.form(f"{link}/preview")).status == 200
    return service.page.locator("main .written").first.inner_text()


def send_answer(service: PortalPages, link: str) -> None:
    """Send what the preview shows."""
    assert submit(service.form(f"{link}/answer")).status == 200


def ask_by_letter(person: ConsolePages, text: str, answer: str, **choices: Answer) -> None:
    """Ask by letter about the open case, and type in what came back; ends on the case's page."""
    case = person.page.url.partition("?")[0]
    prepare_question(person, text, "", **{**choices, "way": "letter"})
    assert submit(person.form("/release")).status == 200, words_of(person.page)
    form = person.form("/answer")
    fill(form, {"text": answer})
    submit(form)
    assert answer in words_of(person.page)
    person.page.goto(case)
