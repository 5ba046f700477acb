"""What people do all day asks the database by its indexes, however many cases there are."""

from collections.abc import Callable

from sqlalchemy import text

from cases.queries.inbox import InboxView
from portal.application import create_portal
from tests.support.html import Client
from tests.support.office import Office
from tests.support.portal_steps import code_on, open_mailbox, send_report
from tests.support.query_plans import whole_walks
from tests.support.staff_steps import case_page, new_case
from web.settings import Audience


def test_a_walk_through_all_cases_would_be_seen(office: Office) -> None:
    with whole_walks(office.database) as walks, office.database.reading() as session:
        session.execute(text('SELECT id FROM "case" WHERE version = 7'))

    assert len(walks) == 1


def test_no_page_of_every_day_walks_through_all_cases(
    browser: Callable[[str], Client], office: Office
) -> None:
    case_id, client = new_case(office), browser("ingrid")
    visitor = Client(create_portal(office.services(Audience.PORTAL)))

    with whole_walks(office.database) as walks:
        for view in InboxView:
            client.get(f"/en/?view={view.value}")
        client.get("/en/find?reference=R-2026-1")
        client.submit(case_page(client, case_id), "/take")
        open_mailbox(Client(visitor.app), code_on(send_report(visitor)))

    assert walks == []
