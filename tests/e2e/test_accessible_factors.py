"""axe finds nothing where somebody sets up, changes or has lost what she signs in with."""

from tests.e2e.conftest import People
from tests.support.axe import faults_of
from tests.support.pages import ConsolePages, fill, submit


def test_what_somebody_signs_in_with_has_no_fault(people: People) -> None:
    # Browsers, and so our pages, have passkeys where the console is reached by a name.
    url = people.office.served.console.url.replace("127.0.0.1", "localhost")
    officer = ConsolePages(people.windows.open(scripts=True), url)
    officer.go("/sign-in")
    assert faults_of(officer.page) == []
    officer.sign_in(people.office.accounts["hilde"])

    for path in ("/account/factors", "/account/factors/app", "/account/factors/passphrase"):
        officer.go(path)
        assert faults_of(officer.page) == []
    officer.go("/account/factors")
    submit(officer.form("/factors/codes"))
    assert faults_of(officer.page) == []


def test_vouching_for_a_colleague_has_no_fault(people: People) -> None:
    officer = people.colleague("hilde", scripts=True)

    officer.go("/people/factor")
    assert faults_of(officer.page) == []
    officer.go("/people/ilse/factor")
    assert faults_of(officer.page) == []
    submit(officer.form("/factor"))
    assert faults_of(officer.page) == []


def test_having_lost_everything_has_no_fault(people: People) -> None:
    stranger = people.stranger(scripts=True)
    stranger.go("/sign-in/lost")
    assert faults_of(stranger.page) == []

    form = stranger.form("/sign-in/lost")
    fill(form, {"login": "nobody", "passphrase": "not a passphrase of ours"})
    assert submit(form).status == 422
    assert faults_of(stranger.page) == []
