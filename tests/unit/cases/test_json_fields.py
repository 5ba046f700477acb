"""What came out of an envelope is not believed to have any form."""

import pytest

from cases.domain.json_fields import JsonFields
from cases.errors import FactsMalformed


@pytest.mark.parametrize(
    "encoded", [b"", b"\xff", b"[]", b"[" * 200_000, b'{"a":' * 200_000], ids=range(5)
)
def test_what_is_no_object_is_malformed_and_nothing_else(encoded: bytes) -> None:
    with pytest.raises(FactsMalformed):
        JsonFields.parse(encoded)
