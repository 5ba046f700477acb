"""The receipt on paper: one page, with the code and the way back, without what can be pressed."""

import io

from pypdf import PdfReader

from tests.e2e.conftest import People


def test_a_receipt_is_one_page_of_paper(people: People) -> None:
    reporter = people.visitor("de")
    code = reporter.send_report(what="Reifen des Depots werden verkauft.")
    pressed = reporter.form("/receipt/kept").locator("button").inner_text()

    (page,) = PdfReader(io.BytesIO(reporter.page.pdf(format="A4"))).pages

    words = " ".join(page.extract_text().split())
    assert all(word in words for word in code.split())
    assert f"{reporter.url}/de/mailbox" in words
    assert pressed not in words
