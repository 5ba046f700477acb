"""Keeping somebody of the office away from a case, and what the pages say of it."""

from collections.abc import Callable

import pytest

from cases.actions.intake import Submission, receive
from cases.actions.rosters import Changes
from tests.support.html import Client, Page
from tests.support.office import Office
from tests.support.rosters import accept, propose
from tests.support.scenes import scene
from tests.support.submissions import REPORT, receipt_keys

Browser = Callable[[str], Client]


def _page(client: Client, case_id: str) -> Page:
    return client.get(f"/en/case/{case_id}")


def _keep_away(client: Client, case_id: str, office: Office, login: str, reason: str) -> Page:
    form = client.get(f"/en/case/{case_id}/keep-away")
    person = office.signed_in(login).member.id.hex()
    return client.submit(form, "/keep-away", person=person, reason=reason)


def test_a_colleague_is_kept_away_with_a_reason(browser: Browser, office: Office) -> None:
    case_id = scene(office).case_id.hex()
    hilde, ingrid = browser("hilde"), browser("ingrid")
    assert _page(ingrid, case_id).status == 200

    done = _keep_away(hilde, case_id, office, "ingrid", "Her brother works there.")

    assert "The person can no longer open this case." in done.text
    assert "It waits at intake, without those who must not see it." in done.text
    assert "Kept away from this case Ingrid Intake" in done.text
    assert "Her brother works there." in done.text
    assert _page(ingrid, case_id).status == 404
    assert "Ingrid Intake" not in hilde.get(f"/en/case/{case_id}/share").text


def test_who_keeps_herself_away_is_back_at_the_inbox(browser: Browser, office: Office) -> None:
    case_id = scene(office).case_id.hex()
    hilde = browser("hilde")
    browser("ingrid")

    done = _keep_away(hilde, case_id, office, "hilde", "I know the director.")

    assert done.url.startswith("/en/?")
    assert "The person can no longer open this case." in done.text
    assert case_id not in done.source


def test_the_last_one_cannot_be_kept_away_and_keeps_what_she_typed(
    browser: Browser, office: Office
) -> None:
    case_id = scene(office, without=["hilde"]).case_id.hex()
    ingrid = browser("ingrid")

    refused = _keep_away(ingrid, case_id, office, "ingrid", "My neighbour wrote it.")

    assert refused.status == 422
    assert "Nobody would be left who can read this" in refused.text
    assert "My neighbour wrote it." in refused.text
    assert _page(ingrid, case_id).status == 200


@pytest.mark.parametrize("missing", ["person", "reason"])
def test_a_person_and_a_reason_are_needed(browser: Browser, office: Office, missing: str) -> None:
    case_id = scene(office).case_id.hex()
    hilde, person = browser("hilde"), office.signed_in("ingrid").member.id.hex()
    answers: dict[str, str | None] = {"person": person, "reason": "A reason."}
    form = hilde.get(f"/en/case/{case_id}/keep-away")

    again = hilde.submit(form, "/keep-away", **{**answers, missing: None})

    assert again.status == 422
    assert missing in again.errors()


def test_whom_the_person_could_not_find_is_shown_until_somebody_is_kept_away(
    browser: Browser, office: Office
) -> None:
    with office.database.writing() as session:
        submission = Submission(REPORT, excluded_other="the head's husband")
        keys, today = receipt_keys(), office.clock.now().date()
        found = receive(session, submission, keys.address, office.roster(), today, office.rules())
    case_id, ingrid = found.case_id.hex(), browser("ingrid")
    office.signed_in("hilde")

    before = _page(ingrid, case_id)
    after = _keep_away(ingrid, case_id, office, "hilde", "She is meant.")

    assert "Somebody else should not see this" in before.text
    assert "the head's husband" in before.text
    assert "Somebody else should not see this" not in after.text
    assert "the head's husband" in after.text


def test_a_typed_in_case_asks_the_same_and_keeps_the_typist_away(
    browser: Browser, office: Office
) -> None:
    ingrid = browser("ingrid")
    browser("hilde")
    page = ingrid.get("/en/typed-in/report")
    answers = {"what": "Said on the phone.", "way": "phone"}

    sent = ingrid.submit(
        page,
        "/typed-in/report",
        **answers,
        excluded=(office.signed_in("ingrid").member.id.hex(),),
        excluded_other="and my old boss",
    )
    ingrid_sees, hilde_sees = ingrid.get("/en/?view=all"), browser("hilde").get("/en/?view=all")

    assert sent.status == 200
    assert "Said on the phone." not in ingrid_sees.text
    assert "Said on the phone." in hilde_sees.text


def test_a_tie_declared_later_is_shown_while_the_colleague_can_open_the_case(
    browser: Browser, office: Office
) -> None:
    case_id = scene(office).case_id.hex()
    office.signed_in("ingrid")
    hilde = browser("hilde")
    changes = Changes(conflicts={"ingrid": frozenset({REPORT.authority})})
    accept(office, propose(office, changes).file)

    before = _page(hilde, case_id)
    after = _keep_away(hilde, case_id, office, "ingrid", "She said so.")

    assert "They declared it after the case came in: Ingrid Intake." in before.text
    assert "Kept away from this case" not in before.text
    assert "They declared it after the case came in" not in after.text
    assert "Kept away from this case Ingrid Intake" in after.text
