"""No text stands in a template outside gettext: it would be English in every language."""

from pathlib import Path

import pytest

from tests.support.untranslated import untranslated

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path
    for package in ("web", "portal", "reviewer")
    for path in (ROOT / package / "templates").rglob("*")
    if path.suffix in {".html", ".txt"}
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_of_a_template_goes_through_gettext(path: Path) -> None:
    assert untranslated(path.read_text()) == []


def test_the_templates_are_found() -> None:
    """Guards the others, which find nothing in no template."""
    assert len(TEMPLATES) > 80


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Good morning</p>", "Good morning"),
        ("<p>{{ _('Good') }} morning</p>", "morning"),
        ("{% if x %}<p>{{ y }}</p>{% else %}Nothing{% endif %}", "Nothing"),
        ("{% macro m(x) %}<p class='a'>Good</p>{% endmacro %}", "Good"),
        ("<a {% if x %}class='b'{% endif %} aria-label=\"Open it\">{{ x }}</a>", "Open it"),
        ("<p>{{ 'Nothing yet' if x else y }}</p>", "Nothing yet"),
        ("{{ parts.note('we keep this for you') }}", "we keep this for you"),
        ("{% set title = 'Overview' %}", "Overview"),
    ],
)
def test_a_planted_text_is_found(source: str, found: str) -> None:
    assert untranslated(source) == [found]


@pytest.mark.parametrize(
    "source",
    [
        "<p class='lead'>{{ _('Good morning') }} 12 - {{ x }}</p>",
        "{{ ngettext('%(num)s day', '%(num)s days', 3) }}",
        "<!-- why -->{# also why #}<a href='/x' aria-label=\"{{ _('Open') }}\">{{ y }}</a>",
        "{{ field(class_='textarea wide', autocomplete='off') }}",
    ],
)
def test_what_is_no_text_or_is_translated_passes(source: str) -> None:
    assert untranslated(source) == []
