"""People come over TLS or through an onion; no header of a stranger decides which."""

from dataclasses import replace

import pytest
from werkzeug.test import Client as WerkzeugClient
from werkzeug.test import TestResponse

from portal.application import create_portal
from tests.support.office import Office
from web.settings import Audience

ONION = "zegelzegelzegelzegelzegelzegelzegelzegelzegelzegelzegel.onion"


@pytest.mark.parametrize(
    ("host", "expected"), [("zegel.test", "https://zegel.test"), (ONION, f"http://{ONION}")]
)
@pytest.mark.parametrize("claimed", ["http", "https"])
def test_an_address_names_the_scheme_by_which_people_come(
    office: Office, host: str, expected: str, claimed: str
) -> None:
    here = office.services(Audience.PORTAL)
    hosts = ("zegel.test", ONION)
    app = create_portal(replace(here, settings=replace(here.settings, trusted_hosts=hosts)))

    # As it arrives behind a proxy or the tor daemon: plain, with headers that claim something.
    answer = WerkzeugClient(app, TestResponse).get(
        "/en", base_url=f"http://{host}", headers={"X-Forwarded-Proto": claimed}
    )

    assert (answer.status_code, answer.headers["Location"]) == (308, f"{expected}/en/")
