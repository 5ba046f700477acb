"""What the forms of the steps' details have in common.

Each knows how to start from what the file and the answers already say, and how to become the
details of the step. A page draws any of them: fields in order, with what each form says beside
them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from flask_babel import gettext as _
from wtforms import Form

from cases.domain.details import Details
from cases.domain.facts import YesNo
from cases.domain.reference import Coded
from cases.reasons import Reason
from reviewer.desk import Desk
from web.forms.fields import Answer, Line, Menu, Option
from web.forms.options import options_of
from web.labels import text_of

PREFIX = "details-"

Code = TypeVar("Code", bound=StrEnum)
Own = TypeVar("Own", bound="DetailForm")

YES_OR_NO = options_of((YesNo.YES, YesNo.NO))


@dataclass(frozen=True, repr=False)
class Beside:
    """What stands beside a question: what the person answered, and what the rule proposes."""

    answers: Sequence[tuple[str, str]] = ()
    proposal: str = ""


@dataclass(frozen=True)
class Choices:
    """The options of a list of the office, with what each means."""

    options: Sequence[Option]
    hints: Mapping[str, str] = field(default_factory=dict)


# The questions that unfold under a choice: by field, then by value.
Panels = Mapping[str, Mapping[str, tuple[str, ...]]]
# The field at which the refusal of a rule is shown.
Blames = Mapping[Reason, str]


class DetailForm(Form):
    """The details of one kind of step.

    Attributes:
        desk: what the form draws on.
        panels: the questions that unfold under a choice, by field and value.
        needed: the questions that a choice makes necessary, though no field alone requires them.
        letter_names: the placeholders that `fills` puts into the letters of the step.
        blames: the field at which the refusal of a rule is shown.
        takes_files: whether files can be kept with the step.
    """

    panels: ClassVar[Panels] = {}
    needed: ClassVar[frozenset[str]] = frozenset()
    letter_names: ClassVar[frozenset[str]] = frozenset()
    blames: ClassVar[Blames] = {}
    takes_files: ClassVar[bool] = False

    def __init__(self, desk: Desk, formdata: Any = None, **values: Any) -> None:
        super().__init__(formdata, prefix=PREFIX, **values)
        self.desk = desk

    @classmethod
    def prefilled(cls: type[Own], desk: Desk) -> Own:
        """The form as it is first shown."""
        return cls(desk)

    @classmethod
    def typed_names(cls) -> Iterator[str]:
        """The text boxes of the form, as the page names them."""
        for name, question in vars(cls).items():
            kind = getattr(question, "field_class", None)
            if kind is not None and issubclass(kind, Line):
                yield PREFIX + name

    def details(self) -> Details:
        """The details of a valid form."""
        raise NotImplementedError

    def hint(self, name: str) -> str:
        """What is said under a question."""
        return ""

    def option_hints(self, name: str) -> Mapping[str, str]:
        """What is said under each choice of a question."""
        return {}

    def beside(self, name: str) -> Beside | None:
        """What the person answered to the same question, and what the rule proposes."""
        return None

    def fills(self, language: str) -> Mapping[str, str]:
        """The value of each of `letter_names`, of a valid form, for a letter in a language."""
        return {}

    def letter_to_service(self) -> str:
        """A letter written before that this step lets out; empty for every other step."""
        return ""

    def blame(self, reason: Reason) -> bool:
        """Show the refusal of a rule at the question it is about; False where there is none."""
        name = self.blames.get(reason)
        if name is None:
            return False
        # A tuple, as WTForms leaves it, where nothing was wrong with the field.
        self[name].errors = [*self[name].errors, str(text_of(reason))]
        return True

    def folded(self) -> frozenset[str]:
        """The questions that stand inside a panel."""
        panels = (names for by_value in self.panels.values() for names in by_value.values())
        return frozenset(name for names in panels for name in names)

    def short_name(self, full: str) -> str:
        """A field's name in this class, from its name in the page."""
        return full.removeprefix(PREFIX)


def yes(field: Answer) -> bool:
    """Whether the answer is yes."""
    return bool(field.data == YesNo.YES)


def yes_or_no(answer: bool) -> str:
    """The value of a choice between yes and no."""
    return (YesNo.YES if answer else YesNo.NO).value


def chosen(codes: type[Code], field: Answer | Menu) -> Code:
    """The choice of a question that has an answer."""
    return codes(field.data)


def listed(desk: Desk, codes: Iterable[Coded]) -> Choices:
    """A list of the office as choices: words, a mark where it is unsure, and the meaning."""
    known, unsure = tuple(codes), str(_("to be confirmed"))
    explained = {each.code: each.explanation(desk.language) for each in known}
    return Choices(
        [(each.code, desk.named(each, unsure)) for each in known],
        {code: text for code, text in explained.items() if text},
    )
