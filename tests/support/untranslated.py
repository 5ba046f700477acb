"""Finds texts in a Jinja template that no catalogue can reach: typed into it, outside gettext."""

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

# The names by which templates mark a text for translation.
_MARKS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
_TAG = re.compile(r"<!--.*?-->|<style>.*?</style>|<[^<>]*>", re.DOTALL)
_READ_ALOUD = re.compile(r'\b(?:aria-label|aria-description|title|alt|placeholder)="([^"]*)"')
# Capitals alone are a code, as in the number of a case.
_WORD = re.compile(r"(?=[^\W\d_]*[a-z])[^\W\d_]{2,}")
# A literal that is no code, class or address: it begins like a sentence or has words in it.
_SENTENCE = re.compile(r"^[A-Z][a-z]+( |[.:?!]?$)|^[^\W\d_]+,? [^\W\d_]+[ .,:?!]")
# Stands for what an expression says.
_SAID = "\N{OBJECT REPLACEMENT CHARACTER}"
# A name is a name in every language.
_NAMES = {"Zegel"}


def untranslated(source: str) -> list[str]:
    """Each text of a template that people would read in English in every language.

    Args:
        source: a template of HTML or of plain text.
    """
    tree = Environment(autoescape=True).parse(source)
    page = "".join(_written(tree))
    shown = [*_TAG.sub("\n", page).split("\n")]
    for tag in _TAG.findall(page):
        shown += _READ_ALOUD.findall(tag)
    texts = [text.strip() for piece in shown for text in piece.split(_SAID)]
    return [text for text in texts if set(_WORD.findall(text)) - _NAMES] + list(_literals(tree))


def _written(node: nodes.Node) -> Iterator[str]:
    """What a template writes, in order, every branch of it; what expressions say is marked."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block) and child.name.endswith("_class"):
            continue
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            yield _SAID if isinstance(node, nodes.Output) else ""
        else:
            yield from _written(child)


def _literals(node: nodes.Node) -> Iterator[str]:
    """Sentences inside expressions, but for those that gettext is given."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in _MARKS:
        return
    if isinstance(node, nodes.Compare):  # what a value is compared with is a code
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        if _SENTENCE.search(node.value) and node.value not in _NAMES:
            yield node.value
        return
    for child in node.iter_child_nodes():
        yield from _literals(child)
