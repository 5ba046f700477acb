"""Belgian public holidays, from the `holidays` package: no list of our own to keep right."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


# Every submission starts clocks, and making the calendar of two years takes a millisecond.
@lru_cache(maxsize=16)
def public_holidays(first_year: int) -> frozenset[date]:
    """The holidays of a year and of the next: a term can run over New Year's Eve."""
    return frozenset(country_holidays("BE", years=[first_year, first_year + 1]))
