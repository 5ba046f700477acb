"""The benchmarks run as a whole and say what they measured; their speed is no test's business."""

import json
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.figures import Beside, Figure, Kind
from bench.load import Outcome
from bench.report import table


def test_a_quick_run_measures_every_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--quick", "--home", str(tmp_path)])

    shown = capsys.readouterr().out
    written = json.loads((tmp_path / "bench.json").read_text())
    assert status == 0
    assert {figure["group"].upper() for figure in written["figures"]} <= set(shown.splitlines())
    assert all(figure["name"] in shown for figure in written["figures"])
    assert [path.name for path in tmp_path.iterdir()] == ["bench.json"]


def test_a_percentile_is_a_visit_that_took_so_long() -> None:
    visits = tuple(each / 1000 for each in range(1, 201))

    outcome = Outcome(1.0, visits, (), (), 0)

    assert [outcome.percentile(share) for share in (50, 95, 99)] == [100.0, 190.0, 198.0]


def test_a_figure_on_the_wrong_side_of_its_limit_is_marked() -> None:
    slow = Figure("Group", "slow", 150.0, "ms", (Beside(Kind.LIMIT, "of our own", 100.0),))
    fast = Figure("Group", "fast", 50.0, "ms", (Beside(Kind.SAME_RUN, "another", 100.0),))
    low = Figure("Group", "low", 40.0, "MiB/s", (Beside(Kind.FLOOR, "half of it", 50.0),))
    high = Figure("Group", "high", 60.0, "MiB/s", (Beside(Kind.FLOOR, "half of it", 50.0),))

    figures = [slow, fast, low, high]
    shown = {line.split()[0]: line for line in table(figures).splitlines() if line}

    assert shown["slow"].endswith("1.50  OVER")
    assert shown["fast"].endswith("0.50")
    assert shown["low"].endswith("0.80  UNDER")
    assert shown["high"].endswith("1.20")
    assert [figure.over for figure in figures] == [True, False, True, False]
