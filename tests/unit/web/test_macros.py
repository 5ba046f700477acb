"""The components promise markup that screen readers, CSS and other tests rely on."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from jinja2 import PackageLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tests.support.page_rules import parse

WORDS = ("harbour", "velvet", "engine", "candle", "orchard")
IMPORTS = """{% import "zegel/forms.html" as forms %}
{% import "zegel/components.html" as components %}
{% import "zegel/console.html" as console %}"""


class Question(Form):
    """One field of each sort that the tests look at."""

    name = StringField("Name", [InputRequired("Type a name.")])
    place = StringField("Place")
    channel = RadioField(
        "Channel",
        [InputRequired("Choose.")],
        choices=[SelectChoice("used", "Yes"), SelectChoice("not_used", "No")],
    )


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)
    app.jinja_loader = PackageLoader("web")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    Babel(app)
    return app


def drawn(app: Flask, source: str, **context: object) -> Element:
    """The document with what `source` renders as its only content."""
    with app.test_request_context():
        body = render_template_string(IMPORTS + source, **context)
    return parse(f'<!doctype html><html lang="en"><title>x</title><body>{body}</body></html>')


def by_attribute(document: Element, name: str, value: str) -> Element:
    """The one element whose attribute has this value."""
    (found,) = (element for element in document.iter() if element.get(name) == value)
    return found


def test_the_receipt_code_reads_as_words_with_one_space_between(app: Flask) -> None:
    document = drawn(app, "{{ components.receipt_code(words) }}", words=WORDS)

    code = next(e for e in document.iter() if e.get("data-receipt-code") is not None)
    assert "".join(code.itertext()).strip() == " ".join(WORDS)


def test_a_faulty_field_is_tied_to_its_hint_and_its_error(app: Flask) -> None:
    form = Question(MultiDict({"name": ""}))
    form.validate()

    document = drawn(app, "{{ forms.text_field(form.name, hint='In full.') }}", form=form)

    field = by_attribute(document, "id", "name")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "name-hint name-error"
    assert "Type a name." in "".join(by_attribute(document, "id", "name-error").itertext())


def test_optional_fields_say_so_and_required_ones_do_not(app: Flask) -> None:
    form = Question()

    document = drawn(
        app, "{{ forms.text_field(form.name) }}{{ forms.text_field(form.place) }}", form=form
    )

    labels = ["".join(label.itertext()) for label in document.iter("label")]
    assert labels == ["Name", "Place (optional)"]


def test_each_line_of_the_error_summary_leads_to_a_control(app: Flask) -> None:
    form = Question(MultiDict({"name": ""}))
    form.validate()

    source = """{{ forms.error_summary(form) }}{{ forms.text_field(form.name) }}
    {{ forms.radios(form.channel) }}"""
    document = drawn(app, source, form=form)

    targets = [link.get("href", "") for link in document.iter("a")]
    assert targets == ["#name", "#channel"]
    for target in targets:
        assert by_attribute(document, "id", target[1:]).tag == "input"


def test_the_questions_of_a_choice_follow_that_choice_directly(app: Flask) -> None:
    source = """{% set when_used %}{{ forms.text_field(form.place) }}{% endset %}
    {{ forms.radios(form.channel, panels={'used': when_used}) }}"""

    document = drawn(app, source, form=Question())

    (choices,) = (e for e in document.iter("div") if e.get("class") == "choices")
    assert [child.get("class") for child in choices] == ["choice", "panel", "choice"]
    assert choices[0][0].get("value") == "used"


def test_what_a_person_typed_is_never_markup(app: Flask) -> None:
    document = drawn(app, "{{ components.written('<b>bold</b>') }}")

    assert list(document.iter("b")) == []


@pytest.mark.parametrize(("fraction", "width"), [(-1, "0"), (0.4, "40"), (7, "100")])
def test_the_bar_of_a_deadline_stays_inside_its_track(
    app: Flask, fraction: float, width: str
) -> None:
    document = drawn(app, "{{ console.deadline('Due', 'soon', fraction) }}", fraction=fraction)

    assert by_attribute(document, "class", "bar__fill").get("width") == width
