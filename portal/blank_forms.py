"""The questions of an empty form, as markup: the same for everybody who opens it that day.

A form has some forty fields and the names of ninety services, twice; making their markup was most
of the work of its page. The form is made here and nothing ever reaches it, so nothing that anybody
typed can be kept. What belongs to one visitor (the tokens, the draft) stands around the questions.
"""

from collections.abc import Callable

from flask import Flask, current_app
from markupsafe import Markup
from wtforms import Form

from web.forms.offer import Offer
from web.offering import offer

EXTENSION = "zegel-blank-forms"


class BlankForms:
    """The newest markup of each form in each language, until what the form offers changes."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[Offer, Markup]] = {}

    def questions(self, template: str, form: Callable[[Offer], Form], offered: Offer) -> Markup:
        """The markup of `questions` in `template` for an empty form of this kind."""
        key = template, offered.language
        made = self._made.get(key)
        if made is None or not _same(made[0], offered):
            made = self._made[key] = offered, _questions(template, form(offered))
        return made[1]


def configure(app: Flask) -> None:
    """Give the application a place for them."""
    app.extensions[EXTENSION] = BlankForms()


def blank_questions(template: str, form: Callable[[Offer], Form]) -> Markup:
    """The questions of an empty form for this page."""
    made = current_app.extensions[EXTENSION]
    assert isinstance(made, BlankForms)  # noqa: S101 - narrows Flask's untyped registry
    return made.questions(template, form, offer())


def _questions(template: str, form: Form) -> Markup:
    module = current_app.jinja_env.get_template(template).module
    made = module.questions(form)  # type: ignore[attr-defined]  # the macro of this name
    assert isinstance(made, Markup)  # noqa: S101 - a macro's result is typed as anything
    return made


def _same(one: Offer, other: Offer) -> bool:
    # The reference data is one object until somebody changes it: nothing large is compared.
    return (one.known, one.today, one.people) == (other.known, other.today, other.people)
