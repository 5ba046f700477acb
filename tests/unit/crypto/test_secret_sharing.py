"""Secrets split into SLIP-39 words."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import Share

from crypto.errors import SharesFault, SharesRejected
from crypto.secret_sharing import combine, label, split, unknown_word
from tests.unit.crypto.builders import properties

SECRET = bytes(range(32))
SHARES = split(SECRET, 3, 5)


@st.composite
def quorums(draw: st.DrawFn) -> tuple[int, int]:
    total = draw(st.integers(1, 16))
    return draw(st.integers(1, total)), total


@properties
@given(st.binary(min_size=32, max_size=32), quorums(), st.randoms())
def test_any_of_enough_shares_give_the_secret(
    secret: bytes, quorum: tuple[int, int], random: object
) -> None:
    needed, total = quorum
    shares = list(split(secret, needed, total))

    random.shuffle(shares)  # type: ignore[attr-defined]

    assert len(shares) == total
    assert combine(shares[:needed]) == secret
    assert combine(shares) == secret


def test_every_choice_of_three_of_five_gives_the_secret() -> None:
    assert all(combine(chosen) == SECRET for chosen in combinations(SHARES, 3))


@pytest.mark.parametrize("given", [SHARES[:2], SHARES[:1], (), (SHARES[0],) * 3])
def test_fewer_different_shares_give_nothing(given: tuple[str, ...]) -> None:
    with pytest.raises(SharesRejected) as refusal:
        combine(given)

    assert refusal.value.reason is SharesFault.NOT_ENOUGH


def test_shares_of_two_secrets_do_not_mix() -> None:
    others = split(SECRET, 3, 5)

    with pytest.raises(SharesRejected) as refusal:
        combine([SHARES[0], SHARES[1], others[2]])

    assert refusal.value.reason is SharesFault.MIXED


def test_a_forged_share_of_the_same_set_is_noticed() -> None:
    true = Share.from_mnemonic(SHARES[2])
    forged = replace(true, value=bytes(32)).mnemonic()

    with pytest.raises(SharesRejected) as refusal:
        combine([SHARES[0], SHARES[1], forged])

    assert refusal.value.reason is SharesFault.MIXED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda words: words[:-1],
        lambda words: [*words, words[0]],
        lambda words: [words[1], words[0], *words[2:]],
        lambda words: ["zegel", *words[1:]],
        lambda words: [],
        lambda words: words * 10,
    ],
)
def test_a_mistyped_share_is_refused_and_not_quoted(spoil: object) -> None:
    assert callable(spoil)
    spoilt = " ".join(spoil(SHARES[0].split()))

    with pytest.raises(SharesRejected) as refusal:
        combine([spoilt, *SHARES[1:3]])

    assert refusal.value.reason is SharesFault.MALFORMED
    assert refusal.value.__suppress_context__ or refusal.value.__context__ is None
    assert not any(word in str(refusal.value).split() for word in spoilt.split()[:6])


def test_capitals_and_spaces_do_not_matter() -> None:
    typed = [" " + share.upper().replace(" ", "  ") + "\n" for share in SHARES[:3]]

    assert combine(typed) == SECRET


def test_a_share_is_33_words_for_32_bytes() -> None:
    assert all(len(share.split()) == 33 for share in SHARES)


@pytest.mark.parametrize(("needed", "total"), [(0, 1), (3, 2), (2, 17), (-1, 3)])
def test_an_impossible_quorum_is_refused(needed: int, total: int) -> None:
    with pytest.raises(ValueError, match="at most 16"):
        split(SECRET, needed, total)


def test_a_share_says_of_itself_what_fits_with_it_and_nothing_of_the_secret() -> None:
    found = [label(share) for share in SHARES]

    assert {each.family for each in found} == {found[0].family}
    assert [each.number for each in found] == [0, 1, 2, 3, 4]
    assert {each.needed for each in found} == {3}
    # The same secret, split once more, is another family.
    assert label(split(SECRET, 3, 5)[0]).family != found[0].family


def test_a_mistyped_share_has_no_label() -> None:
    words = SHARES[0].split()
    words[7] = "academic" if words[7] != "academic" else "acid"

    with pytest.raises(SharesRejected) as refusal:
        label(" ".join(words))

    assert refusal.value.reason is SharesFault.MALFORMED


def test_the_place_of_a_word_that_no_share_has_is_found() -> None:
    words = SHARES[0].split()

    assert unknown_word(SHARES[0]) is None
    assert unknown_word(SHARES[0].upper()) is None
    assert unknown_word(" ".join([*words[:6], "zegel", *words[7:]])) == 7
    assert unknown_word("") is None
