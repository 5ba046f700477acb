"""The receipt code: drawn, typed, derived."""

import math
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import Malformed, UnknownWord, WrongWordCount
from crypto.keys import MailboxPrivateKey
from crypto.receipt import (
    RECEIPT_SALT,
    ReceiptCode,
    ReceiptKeys,
    derive,
    draw_code,
    draw_indices,
    read_code,
)
from crypto.words import LANGUAGES, fold, words_for
from tests.unit.crypto.builders import WEAK, properties

drafts = st.binary(min_size=32, max_size=32)
languages = st.sampled_from(LANGUAGES)
BINDING = b"\x07" * 32
CODE = draw_code(bytes(32), BINDING, "fr")


class TestADrawnCode:
    @properties
    @given(drafts, drafts, languages)
    def test_is_ten_words_of_the_list(self, draft: bytes, binding: bytes, language: str) -> None:
        code = draw_code(draft, binding, language)

        assert len(code.words) == 10
        assert set(code.words) <= set(words_for(language))

    @properties
    @given(drafts, drafts, languages)
    def test_is_the_same_when_the_form_is_sent_again(
        self, draft: bytes, binding: bytes, language: str
    ) -> None:
        assert draw_code(draft, binding, language) == draw_code(draft, binding, language)

    def test_depends_on_draft_session_and_language(self) -> None:
        codes = [
            draw_code(draft, binding, language).text
            for draft, binding, language in product(
                (bytes(32), BINDING), (bytes(32), BINDING), LANGUAGES
            )
        ]

        assert len(set(codes)) == len(codes)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_carries_at_least_128_bits(self, language: str) -> None:
        distinct = {fold(word) for word in words_for(language)}

        assert 10 * math.log2(len(distinct)) >= 128

    @pytest.mark.parametrize("length", [0, 31, 33])
    def test_needs_a_whole_draft(self, length: int) -> None:
        with pytest.raises(Malformed):
            draw_code(bytes(length), BINDING, "nl")

    @pytest.mark.parametrize("size", [9, 65_537])
    def test_needs_a_list_it_can_draw_from_fairly(self, size: int) -> None:
        with pytest.raises(ValueError, match="word list"):
            draw_indices(bytes(32), BINDING, "nl", size)

    def test_leaves_out_the_first_number_that_would_come_too_often(self) -> None:
        numbers = draw_indices(bytes(32), BINDING, "nl", 65_536)
        size = max(numbers)  # Above half of the range, so it is itself the first to leave out.

        fair = draw_indices(bytes(32), BINDING, "nl", size)

        assert size > 32_768
        assert fair[: numbers.index(size)] == numbers[: numbers.index(size)]
        assert 0 not in fair
        assert len(fair) == 10

    def test_favours_no_part_of_the_list(self) -> None:
        # Of 40,000 words the first 25,536 would come twice as often without rejection: 0.78 of
        # the draws instead of 0.64.
        drawn = [
            index
            for number in range(400)
            for index in draw_indices(number.to_bytes(32, "big"), BINDING, "nl", 40_000)
        ]

        early = sum(index < 25_536 for index in drawn) / len(drawn)
        assert abs(early - 25_536 / 40_000) < 0.03

    def test_comes_evenly_from_a_small_list(self) -> None:
        drawn = Counter(
            index
            for number in range(1000)
            for index in draw_indices(number.to_bytes(32, "big"), BINDING, "nl", 10)
        )

        assert sorted(drawn) == list(range(10))
        assert all(850 < times < 1150 for times in drawn.values())


class TestATypedCode:
    @properties
    @given(drafts, languages, st.sampled_from([str.upper, str.title, str.lower, str.swapcase]))
    def test_is_read_in_any_case(self, draft: bytes, language: str, spelling: object) -> None:
        code = draw_code(draft, BINDING, language)

        assert callable(spelling)
        assert read_code(spelling(code.text)) == code

    @pytest.mark.parametrize(
        "separator",
        ["  ", "\n", "\t", "-", ", ", ". ", "_", "/", " 1 ", "\u00a0", "…", "\r\n\r\n", ";"],
    )
    def test_is_read_with_any_separator(self, separator: str) -> None:
        typed = separator + separator.join(CODE.words) + separator

        assert read_code(typed) == CODE

    def test_is_read_from_a_numbered_list(self) -> None:
        typed = "\n".join(f"{n}. {word}" for n, word in enumerate(CODE.words, start=1))

        assert read_code(typed) == CODE

    def test_is_read_with_quotation_marks_around_it(self) -> None:
        assert read_code(f"'{CODE.text}'") == read_code(f"« {CODE.text} »") == CODE

    def test_is_read_with_accents_that_the_list_leaves_out(self) -> None:
        accented = CODE.text.replace("e", "é").replace("a", "à")
        decomposed = CODE.text.replace("e", "e\u0301")
        wide = CODE.text.translate({ord("a") + n: 0xFF41 + n for n in range(26)})

        assert read_code(accented) == read_code(decomposed) == read_code(wide) == CODE

    def test_is_read_whatever_language_the_person_uses_now(self) -> None:
        mixed = [words_for(language)[100] for language in LANGUAGES] * 3

        assert read_code(" ".join(mixed[:10])).words == tuple(mixed[:10])

    @pytest.mark.parametrize("count", [0, 1, 9, 11, 30])
    def test_of_another_number_of_words_is_refused_with_the_number(self, count: int) -> None:
        with pytest.raises(WrongWordCount) as refusal:
            read_code(" ".join((CODE.words * 3)[:count]))

        assert refusal.value.count == count

    def test_far_too_long_is_refused_before_it_is_looked_at(self) -> None:
        with pytest.raises(WrongWordCount):
            read_code("\ufdfa" * 401)

    def test_with_an_unknown_word_names_it_and_its_place(self) -> None:
        words = list(CODE.words)
        words[6] = "Xyzzyx"

        with pytest.raises(UnknownWord) as refusal:
            read_code(" ".join(words))

        assert (refusal.value.position, refusal.value.word) == (7, "Xyzzyx")

    @properties
    @given(st.text(max_size=500))
    def test_of_any_text_is_read_or_refused_properly(self, typed: str) -> None:
        try:
            assert len(read_code(typed).words) == 10
        except (UnknownWord, WrongWordCount):
            return

    def test_with_characters_no_encoding_has_is_refused_properly(self) -> None:
        with pytest.raises(WrongWordCount):
            read_code("\udc80" * 10)


class TestDerivedKeys:
    @properties
    @given(drafts, languages)
    def test_are_the_same_from_the_drawn_and_the_typed_code(
        self, draft: bytes, language: str
    ) -> None:
        code = draw_code(draft, BINDING, language)

        assert derive(code, WEAK) == derive(read_code(code.text.upper()), WEAK)

    def test_differ_for_another_order_or_word(self) -> None:
        words = CODE.words
        others = [words[::-1], (*words[:9], "zebra"), (words[1], words[0], *words[2:])]

        locators = {derive(ReceiptCode(each), WEAK).locator for each in [words, *others]}
        assert len(locators) == 4

    def test_have_parts_that_do_not_give_each_other(self) -> None:
        keys = derive(CODE, WEAK)

        assert (len(keys.locator), len(keys.token), len(keys.seed.raw)) == (16, 32, 32)
        assert len({keys.locator, keys.token[:16], keys.seed.raw[:16]}) == 3

    def test_give_the_office_an_address_and_the_reporter_a_key(self) -> None:
        keys = derive(CODE, WEAK)

        assert keys.private == MailboxPrivateKey(keys.seed)
        assert keys.address.public == keys.private.public
        assert keys.address.locator == keys.locator
        assert keys.token not in (keys.address.token_hash, keys.address.locator)

    def test_follow_from_the_code_alone(self) -> None:
        assert len(RECEIPT_SALT) == 16
        assert derive(CODE).locator == derive(CODE).locator

    def test_are_equal_only_to_the_same_keys(self) -> None:
        keys = derive(CODE, WEAK)

        assert keys == ReceiptKeys(keys.locator, keys.token, keys.seed)
        assert keys != ReceiptKeys(keys.locator, bytes(32), keys.seed)
        assert keys != "keys"


def test_no_secret_shows() -> None:
    keys = derive(CODE, WEAK)

    assert repr(CODE) == str(CODE) == "ReceiptCode(hidden)"
    assert repr(keys) == str(keys) == "ReceiptKeys(hidden)"
    assert not any(word in repr(keys.address) for word in CODE.words)
    for secret in (CODE, keys):
        with pytest.raises(TypeError, match="unhashable"):
            hash(secret)


def test_a_code_has_ten_words() -> None:
    with pytest.raises(WrongWordCount):
        ReceiptCode(("boom",) * 9)
