"""What a test measured stands at the end of the run: `record_property("printed", line)`."""

import pytest

NAME = "printed"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each measured line; pytest calls this where the output is, also with many workers."""
    lines = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == NAME
    ]
    if lines:
        terminalreporter.section("measured")
    for line in sorted(lines):
        terminalreporter.write_line(str(line))
