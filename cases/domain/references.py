"""Reference numbers by the office's pattern, given when a case is registered.

`OM.2024.0001` for a complaint is the office's published pattern; `SI` (signalement) marks a
report.
"""

from cases.domain.flows import Flow

PATTERNS: dict[Flow, str] = {
    Flow.COMPLAINT: "OM.{year}.{number:04d}",
    Flow.REPORT: "SI.{year}.{number:04d}",
}


def reference(flow: Flow, year: int, number: int) -> str:
    """The reference of the `number`th case of its flow in `year`."""
    return PATTERNS[flow].format(year=year, number=number)
