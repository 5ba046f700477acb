"""What every word list promises to the people who write a receipt code down."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.words import LANGUAGES, UnknownLanguage, fold, is_known, words_for
from tools.wordlists.choosing import BlockList, choose

BLOCKED = Path(__file__).parents[3] / "tools" / "wordlists" / "blocked"
WORDS_IN_A_CODE = 10


@pytest.mark.parametrize("language", LANGUAGES)
class TestEveryList:
    def test_ten_words_carry_129_bits(self, language: str) -> None:
        words = words_for(language)

        assert len(words) == 7776
        assert WORDS_IN_A_CODE * math.log2(len(set(words))) > 129

    def test_every_word_is_three_to_nine_plain_small_letters(self, language: str) -> None:
        odd = [word for word in words_for(language) if not re.fullmatch("[a-z]{3,9}", word)]

        assert odd == []

    def test_every_word_is_its_own_folding(self, language: str) -> None:
        assert [word for word in words_for(language) if fold(word) != word] == []

    def test_no_word_is_the_beginning_of_another(self, language: str) -> None:
        # In alphabetical order a word stands right before the first one that it begins.
        words = words_for(language)

        assert list(words) == sorted(words)
        assert [pair for pair in pairwise(words) if pair[1].startswith(pair[0])] == []

    def test_no_two_words_differ_in_their_last_letter_only(self, language: str) -> None:
        words = words_for(language)

        assert len({(word[:-1], len(word)) for word in words}) == len(words)

    def test_every_word_is_known(self, language: str) -> None:
        assert all(is_known(word) for word in words_for(language))

    def test_no_word_insults_or_frightens(self, language: str) -> None:
        # Said here once more, so that a gap in the block lists themselves shows as well.
        feared = {
            "nl": "moord dood verraad verraden wraak straf kanker hoer pistool angst",
            "fr": "meurtre mort trahir trahison vengeance cancer pute pistolet peur tueur",
            "de": "mord verrat rache strafe krebs hure pistole angst folter selbstmord",
            "en": "murder death betray betrayal revenge cancer whore pistol fear suicide",
        }

        assert set(feared[language].split()) & set(words_for(language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_holds_a_word_that_its_block_list_names(language: str) -> None:
    blocked = BlockList((BLOCKED / f"{language}.txt").read_text(encoding="utf-8").splitlines())

    assert [word for word in words_for(language) if word in blocked] == []


def test_the_build_keeps_the_best_words_of_which_none_begins_another() -> None:
    scores = {"tea": 5.0, "team": 1.0, "teapot": 1.0, "oak": 1.0, "oakum": 3.0, "oaken": 3.0}

    assert choose(scores, 3) == ["oaken", "oakum", "tea"]
    with pytest.raises(ValueError, match="only 3 of 4"):
        choose(scores, 4)


def test_the_build_keeps_one_of_two_words_that_differ_in_the_last_letter_only() -> None:
    assert choose({"boat": 2.0, "boar": 1.0, "goat": 1.0}, 2) == ["boat", "goat"]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Tulp", "tulp"),
        ("ÉCOLE", "ecole"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "cafe"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("cœur", "coeur"),
        ("ŒUVRE", "oeuvre"),
        ("cæcum", "caecum"),
        ("Über", "uber"),
        ("ijs", "ijs"),
        ("\N{LATIN SMALL LIGATURE IJ}s", "ijs"),
        ("foto's", "fotos"),
        ("foto\N{RIGHT SINGLE QUOTATION MARK}s", "fotos"),
        ("\N{FULLWIDTH LATIN SMALL LETTER A}rbre", "arbre"),
        ("", ""),
    ],
)
def test_capitals_accents_and_apostrophes_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@given(st.sampled_from(LANGUAGES), st.data())
def test_a_word_is_known_however_it_is_capitalised(language: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(words_for(language)))

    assert is_known(fold(word.upper()))
    assert is_known(fold(word.title()))


def test_what_stands_in_no_list_is_unknown() -> None:
    assert not is_known("")
    assert not is_known("xqzt")


@pytest.mark.parametrize("language", ["es", "", "NL", "../nl"])
def test_a_language_without_a_list_is_refused(language: str) -> None:
    with pytest.raises(UnknownLanguage):
        words_for(language)
    assert issubclass(UnknownLanguage, KeyError)
