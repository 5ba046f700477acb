"""A form comes quickly on a slow line: with everything it asks for, it stays under 60 kB."""

import gzip
from xml.etree.ElementTree import Element

import pytest

from tests.support.html import Client

# In bytes, each part compressed: what the project promises.
LIMIT = 60_000
# Beyond the page: one stylesheet and at most one script.
PARTS = {"link": "href", "script": "src"}


def asked_for(document: Element) -> list[str]:
    return [
        element.get(PARTS[element.tag], "") for element in document.iter() if element.tag in PARTS
    ]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("form", ["report", "complaint", "protection"])
def test_a_form_weighs_less_than_60_kilobytes_with_all_it_asks_for(
    client: Client, form: str, language: str
) -> None:
    page = client.get(f"/{language}/{form}")
    parts = asked_for(page.document)

    weight = sum(
        len(gzip.compress(client.get(path).response.data if path else page.response.data))
        for path in ("", *parts)
    )

    assert parts == ["/static/zegel.css", "/static/files.js"]
    assert weight < LIMIT
