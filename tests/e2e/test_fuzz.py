"""The fuzzing of what reads strangers' bytes runs, and finds nothing in the time a test has."""

from pathlib import Path

import pytest

from tools.fuzz.__main__ import main


def test_no_random_input_breaks_a_promise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--seconds", "2", "--keep", str(tmp_path)]) == 0, capsys.readouterr().err

    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().out.count("none broke a promise") == 2
