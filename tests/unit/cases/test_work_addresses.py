"""What can be the e-mail address of a colleague."""

import pytest

from cases.domain.work_addresses import read_work_address
from cases.errors import InvalidWorkAddress


@pytest.mark.parametrize(
    "typed", ["ingrid@office.example", " i.n+zegel@sub.office.brussels ", "a@b-c.be"]
)
def test_an_address_is_kept_without_outer_blanks(typed: str) -> None:
    assert read_work_address(typed) == typed.strip()


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_address(typed: str) -> None:
    assert read_work_address(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "ingrid",
        "ingrid@office",
        "@office.example",
        "ingrid@",
        "two@addresses.example, three@addresses.example",
        "Ingrid <ingrid@office.example>",
        "a@b.example\nBcc: c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        ".dot@office.example",
        "dot.@office.example",
        "do..t@office.example",
        "ingrid@-office.example",
        "ingrid@office.example.",
        "ïngrid@office.example",
        f"{'a' * 65}@office.example",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 20}.example",
    ],
)
def test_what_cannot_be_one_is_refused(typed: str) -> None:
    with pytest.raises(InvalidWorkAddress):
        read_work_address(typed)
