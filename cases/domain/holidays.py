"""Belgian public holidays, from the `holidays` package: no list of our own to keep right."""

from datetime import date

from holidays import country_holidays


def public_holidays(first_year: int) -> frozenset[date]:
    """The holidays of a year and of the next: a term can run over New Year's Eve."""
    return frozenset(country_holidays("BE", years=[first_year, first_year + 1]))
