"""A question to a public service, as people of the office ask it at the console."""

from tests.support.pages import Answer, ConsolePages, fill, submit, words_of


def prepare(
    officer: ConsolePages,
    kind: str,
    text: str,
    way: str = "letter",
    **choices: Answer,
) -> None:
    """Prepare a question about the open case; ends on the page of the question.

    Args:
        kind: what is asked for, as the form names it.
        text: what the service will read.
        way: `letter` or `link`.
        choices: more answers of the first page, such as the service.
    """
    officer.page.locator('a[href$="/consultations"]').first.click()
    officer.page.locator('a[href$="/consultations/prepare"]').click()
    form = officer.form("/consultations/prepare/text")
    fill(form, {"kind": kind, **choices, "way": way})
    submit(form)
    form = officer.form("/consultations/prepare")
    fill(form, {"text": text})
    submit(form)
    assert officer.form("/withdraw").count(), words_of(officer.page)


def release(officer: ConsolePages) -> None:
    """Release the question whose page is open."""
    assert submit(officer.form("/release")).status == 200, words_of(officer.page)


def record_answer(officer: ConsolePages, text: str) -> None:
    """Type in what the service answered by letter, on the page of the question."""
    form = officer.form("/answer")
    fill(form, {"text": text})
    submit(form)
    assert text in words_of(officer.page)
