"""The list of erased cases, in a folder that console and jobs share."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from cases.domain.tombstones import Tombstone
from reviewer import erased_list

ERASED = Tombstone(date(2026, 3, 2), bytes(16))


@pytest.mark.parametrize(("folder_mode", "expected"), [(0o700, 0o600), (0o2771, 0o660)])
def test_whoever_shares_the_folder_shares_the_list_whatever_the_umask(
    tmp_path: Path, folder_mode: int, expected: int
) -> None:
    tmp_path.chmod(folder_mode)
    before = os.umask(0o077)
    try:
        erased_list.write(tmp_path, [ERASED])
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / erased_list.NAME).stat().st_mode) == expected
    assert erased_list.read(tmp_path) == (ERASED,)
