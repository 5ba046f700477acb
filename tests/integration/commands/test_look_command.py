"""`zegel look check`: whether an office's own look can be used, before a server refuses it."""

from pathlib import Path

import pytest

from tests.support.commands import run_here
from tests.support.own_look import LOOK, put_on


def test_a_look_that_can_be_used_is_measured(tmp_path: Path) -> None:
    put_on(tmp_path)

    said = run_here(tmp_path, "look", "check")

    assert said.returncode == 0
    assert said.stdout.splitlines() == [
        f"{tmp_path / 'look.toml'} can be used",
        "closest colours of light pages: link on info-wash, 8.68:1",
        "closest colours of dark pages: accent on wash, 3.13:1",
        "logo: 120 by 48 points, 6.1 kB in each page",
    ]


def test_an_office_without_a_look_is_told_so(tmp_path: Path) -> None:
    said = run_here(tmp_path, "look", "check")

    path = tmp_path / "look.toml"
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == f"there is no {path}: pages look as Zegel ships them\n"


@pytest.mark.parametrize("command", [("look", "check"), ("demo",)])
def test_a_look_that_cannot_be_used_ends_in_one_line(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    put_on(tmp_path, LOOK.replace('brand = "#ffd6e8"', 'brand = "#7a003c"'))

    said = run_here(tmp_path, *command, ZEGEL_PORTAL_PORT="1", ZEGEL_REVIEWER_PORT="2")

    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == (
        "Error: look.toml: colours.light: accent #7a003c on brand #7a003c has a contrast of "
        "1.00:1; at least 3:1 is needed\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["logo.png", "look.toml"]
