"""axe finds nothing where somebody signs in with a passkey or sets one up: a script puts its button
there."""

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.pages import ConsolePages


def test_what_somebody_signs_in_with_has_no_fault(people: People) -> None:
    # Browsers, and so our pages, have passkeys where the console is reached by a name.
    url = people.office.served.console.url.replace("127.0.0.1", "localhost")
    officer = ConsolePages(people.windows.open(scripts=True), url)
    officer.go("/sign-in")
    assert faults_of(officer.page) == []
    officer.sign_in(people.office.accounts["hilde"])

    officer.go("/account/factors")
    assert faults_of(officer.page) == []
