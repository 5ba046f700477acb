"""What a search looks for, and the lines that show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.domain.search import (
    AROUND,
    LONGEST_LINE,
    LONGEST_QUESTION,
    Line,
    Question,
    lines,
    words_of,
)


def question(typed: str) -> Question:
    found = Question.read(typed)
    assert found is not None
    return found


def shown(line: Line) -> str:
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in line)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tender", {"tender"}),
        ("  Tender  AMBTENAAR ", {"tender", "ambtenaar"}),
        ("Éloïse Straße œuvre", {"eloise", "strasse", "oeuvre"}),
        ('"closing day" tender', {"closing day", "tender"}),
        ("„erste Öffnung“ «marché public»", {"erste offnung", "marche public"}),
        ('"never closed', {"never closed"}),
        ("a tender", {"tender"}),
        ("l\u2019appel d'offres", {"l'appel", "d'offres"}),
        ("tender tender", {"tender"}),
    ],
)
def test_words_are_read_without_capitals_and_accents(typed: str, words: set[str]) -> None:
    assert set(question(typed).words) == words


@pytest.mark.parametrize(
    "typed", ["", "   ", "a", '"', '""', "x" * (LONGEST_QUESTION + 1), "aa bb cc dd ee ff gg hh ii"]
)
def test_what_holds_no_question_is_none(typed: str) -> None:
    assert Question.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "texts", "found"),
    [
        ("subsidie", ["Het Subsidiedossier"], True),
        ("tender bidder", ["A tender.", "A bidder."], True),
        ("tender bidder", ["A tender."], False),
        ('"closing day"', ["before its closing\n   day"], True),
        ('"closing day"', ["closing", "day"], False),
        ("café", ["le cafe\u0301 du coin"], True),
        ("cafe", ["le CAFÉ"], True),
    ],
)
def test_every_word_must_stand_somewhere_in_the_case(
    typed: str, texts: list[str], found: bool
) -> None:
    assert question(typed).is_in(words_of(texts)) is found


def test_a_line_shows_the_words_as_they_were_written() -> None:
    text = "The tender of Élodie was opened before its closing\nday."

    assert [shown(line) for line in lines(question('elodie "closing day"'), text)] == [
        "The tender of [Élodie] was opened before its [closing\nday]."
    ]


def test_words_far_apart_stand_in_lines_of_their_own_cut_between_words() -> None:
    text = "tender " + "filling " * 40 + "bidder" + " filling" * 40

    first, second = (shown(line) for line in lines(question("tender bidder"), text))

    assert first.startswith("[tender] filling")
    assert first.endswith("filling…")
    assert second.startswith("…filling")
    assert "[bidder]" in second
    assert second.endswith("filling…")


def test_words_inside_each_other_are_marked_once() -> None:
    assert [shown(line) for line in lines(question("tender tenders"), "Two tenders.")] == [
        "Two [tenders]."
    ]


@given(
    st.text(max_size=400),
    st.text(alphabet="ab éÉßœ\n\u0301", min_size=2, max_size=6),
    st.text(max_size=400),
)
def test_whatever_is_found_can_be_shown(before: str, word: str, after: str) -> None:
    text = before + word + after
    asked = Question.read(word)
    if asked is None or not asked.is_in(words_of([text])):
        return

    found = lines(asked, text)

    assert found
    for line in found:
        cut = [piece for piece in line if piece.text != "…"]
        assert "".join(piece.text for piece in cut).replace("…", "") in text.replace("…", "")
        assert any(piece.found for piece in line)
        assert sum(len(piece.text) for piece in line) <= LONGEST_LINE + 4 * AROUND + 2
