"""axe finds nothing on the pages where the office changes its reference data."""

import pytest

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.pages import ConsolePages, fill, submit


@pytest.fixture
def head(people: People) -> ConsolePages:
    return people.colleague("hilde", scripts=True)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/authorities?text=ixelles",
        "/norms?text=&unconfirmed=yes",
        "/norms?text=atlantis",
        "/competences/new",
        "/periods/row/report:feedback:2023-06-06",
        "/norms/history/law",
    ],
)
def test_a_page_of_reference_data_has_no_fault(head: ConsolePages, path: str) -> None:
    head.go(f"/reference{path}")

    assert faults_of(head.page) == []


def test_a_refused_row_and_a_history_have_no_fault(head: ConsolePages) -> None:
    head.go("/reference/norms/row/courtesy")
    form = head.form("/row/courtesy")
    fill(form, {"name_en": ""})
    submit(form)
    assert head.page.locator("[role=alert]").count() == 1
    assert faults_of(head.page) == []

    form = head.form("/row/courtesy")
    fill(form, {"name_en": "Courtesy and help"})
    submit(form)
    head.go("/reference/norms/history/courtesy")
    assert "Courtesy and help" in head.page.inner_text("main")
    assert faults_of(head.page) == []
