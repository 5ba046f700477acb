"""docs/reference/asvs.md claims of the standard what named tests show, and nothing else."""

from tools.audit.asvs import DOCUMENT, Verdict, document, missing, requirements

OF_THE_STANDARD = 345


def test_every_requirement_of_the_standard_has_its_row() -> None:
    numbers = [row.number for row in requirements()]

    assert len(numbers) == len(set(numbers)) == OF_THE_STANDARD


def test_every_named_test_exists() -> None:
    named = {evidence for row in requirements() for evidence in row.evidence}

    assert sorted(filter(missing, named)) == []


def test_a_name_of_no_test_is_found() -> None:
    assert missing("integration/web/test_routes.py::everything_is_safe")
    assert missing("integration/web/test_safety.py")


def test_what_is_met_names_a_test_and_what_is_not_has_a_reason() -> None:
    assert [
        row.number
        for row in requirements()
        if not (row.evidence if row.verdict is Verdict.MET else row.note)
    ] == []


def test_the_page_is_made_from_the_table() -> None:
    assert DOCUMENT.read_text() == document(requirements())
