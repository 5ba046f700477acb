"""What could identify a reporter is pointed out before a text leaves the office."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.domain.identifying import IdentifyingKind as Kind
from cases.domain.identifying import Point, points, segments
from cases.domain.identifying.plain import PlainText

LANGUAGES = ("nl", "fr", "de", "en")
quick = settings(deadline=None, max_examples=60)

# Every passage of the text that must be pointed out, and no other, in its order.
Found = list[tuple[str, Kind]]


def found_in(
    text: str,
    language: str = "nl",
    own_words: tuple[str, ...] = (),
    known: tuple[str, ...] = (),
    marked: tuple[str, ...] = (),
) -> Found:
    found = points(text, language, own_words, known, marked)
    return [(text[point.start : point.end], point.kind) for point in found]


DUTCH = [
    (
        "Op 3 maart 2024 om 14u30 zag ik Jan van den Berg in het bureau.",
        [
            ("3 maart 2024", Kind.MOMENT),
            ("14u30", Kind.MOMENT),
            ("ik", Kind.FIRST_PERSON),
            ("Jan van den Berg", Kind.NAME),
        ],
    ),
    ("Mevrouw Peeters was er. Dhr. Smet ook.", [("Peeters", Kind.NAME), ("Smet", Kind.NAME)]),
    ("Het was gisteren, op dinsdag.", [("gisteren", Kind.MOMENT), ("dinsdag", Kind.MOMENT)]),
    ("Zij kwam om half drie.", [("half drie", Kind.MOMENT)]),
    ("Vorige week viel het mij op.", [("Vorige week", Kind.MOMENT), ("mij", Kind.FIRST_PERSON)]),
    ("'k heb m'n chef gezien.", [("k", Kind.FIRST_PERSON), ("m", Kind.FIRST_PERSON)]),
    ("De Brusselse regering weet dat. U hebt 30 dagen.", []),
    ("Wij vragen u een kopie van het verslag.", []),
    ("Wij schreven dit aan het OCMW en de FOD.", []),
    ("Met vriendelijke groeten,\nPeeters", [("Peeters", Kind.NAME)]),
    ("Peeters zei dat. Toen ging het Peeters goed.", [("Peeters", Kind.NAME)] * 2),
    ("Getuige: Peeters", [("Peeters", Kind.NAME)]),
    ("PEETERS stond aan de deur van J.P.", [("PEETERS", Kind.NAME), ("J.P.", Kind.NAME)]),
]
FRENCH = [
    (
        "Le 1er août, j'ai vu M. Dupont à 14 h.",
        [
            ("1er août", Kind.MOMENT),
            ("j", Kind.FIRST_PERSON),
            ("Dupont", Kind.NAME),
            ("14 h", Kind.MOMENT),
        ],
    ),
    (
        "Mon chef m\u2019a dit qu\u2019hier il était là.",
        [("Mon", Kind.FIRST_PERSON), ("m", Kind.FIRST_PERSON), ("hier", Kind.MOMENT)],
    ),
    ("Il habite près de l'école Sainte-Marie d'Ixelles.", [("Sainte-Marie d'Ixelles", Kind.NAME)]),
    ("C'était en février, un lundi.", [("février", Kind.MOMENT), ("lundi", Kind.MOMENT)]),
    ("Cela s'est passé à trois heures et demie.", [("trois heures et demie", Kind.MOMENT)]),
    ("L'administration communale répond. Veuillez nous écrire.", []),
    (
        "Aujourd'hui encore, puis-je demander ?",
        [("Aujourd'hui", Kind.MOMENT), ("je", Kind.FIRST_PERSON)],
    ),
    (
        "Le dossier est chez J. Dupont et J.-P. Leroy.",
        [("J. Dupont", Kind.NAME), ("J.-P. Leroy", Kind.NAME)],
    ),
]
GERMAN = [
    (
        "Am Montag, den 3. März, um 14 Uhr, sagte Müller mir das.",
        [
            ("Montag", Kind.MOMENT),
            ("3. März", Kind.MOMENT),
            ("14 Uhr", Kind.MOMENT),
            ("Müller", Kind.NAME),
            ("mir", Kind.FIRST_PERSON),
        ],
    ),
    ("Die zuständige Behörde hat im Rathaus keine neuen Unterlagen.", []),
    ("Der Leiter der Abteilung sprach mit Frau Schmidt.", [("Schmidt", Kind.NAME)]),
    (
        "Mein Kollege Hans Becker war dabei.",
        [("Mein", Kind.FIRST_PERSON), ("Hans Becker", Kind.NAME)],
    ),
    ("Es war das. Müller und Müller.", [("Müller", Kind.NAME)] * 2),
    ("Vorgestern um halb drei.", [("Vorgestern", Kind.MOMENT), ("halb drei", Kind.MOMENT)]),
]
ENGLISH = [
    (
        "On Monday I met John O'Neill at 2 pm.",
        [
            ("Monday", Kind.MOMENT),
            ("I", Kind.FIRST_PERSON),
            ("John O'Neill", Kind.NAME),
            ("2 pm", Kind.MOMENT),
        ],
    ),
    ("They may march, i.e. they may walk.", []),
    (
        "It was in May 2023, on the 3rd of June.",
        [("in May 2023", Kind.MOMENT), ("3rd of June", Kind.MOMENT)],
    ),
    ("Please tell us what you decided.", []),
    (
        "The clerk saw me at half past two.",
        [("me", Kind.FIRST_PERSON), ("half past two", Kind.MOMENT)],
    ),
    ("We asked Dr. Smith. Smith agreed.", [("Smith", Kind.NAME)] * 2),
]
TABLE = [
    pytest.param(language, text, expected, id=f"{language}: {text[:40]}")
    for language, rows in zip(LANGUAGES, (DUTCH, FRENCH, GERMAN, ENGLISH), strict=True)
    for text, expected in rows
]


@pytest.mark.parametrize(("language", "text", "expected"), TABLE)
def test_names_moments_and_first_persons_are_pointed_out(
    language: str, text: str, expected: Found
) -> None:
    assert found_in(text, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("contact", "kind"),
    [
        ("jan.peeters@example.be", Kind.EMAIL),
        ("an+werk@mail.example.org", Kind.EMAIL),
        ("jan [at] example.com", Kind.EMAIL),
        ("02 511 27 00", Kind.PHONE),
        ("02/511.27.00", Kind.PHONE),
        ("+32 470 12 34 56", Kind.PHONE),
        ("0032 (0)470 12 34 56", Kind.PHONE),
        ("0470/123456", Kind.PHONE),
        ("85.07.30-033.61", Kind.NATIONAL_NUMBER),
        ("85073003361", Kind.NATIONAL_NUMBER),
        ("85 07 30 033 61", Kind.NATIONAL_NUMBER),
        ("BE68 5390 0754 7034", Kind.ACCOUNT),
        ("be68539007547034", Kind.ACCOUNT),
        ("NL91 ABNA 0417 1643 00", Kind.ACCOUNT),
        ("539-0075470-34", Kind.ACCOUNT),
        ("https://example.be/medewerkers/jan", Kind.LINK),
        ("www.example.be/jan", Kind.LINK),
        ("janpeeters.be", Kind.LINK),
        ("@janp", Kind.LINK),
        ("1-ABC-234", Kind.NUMBER),
        ("2024/12345", Kind.NUMBER),
        ("004512", Kind.NUMBER),
        ("12/03/2024", Kind.MOMENT),
        ("12-3-24", Kind.MOMENT),
        ("12.03.2024", Kind.MOMENT),
        ("2024-03-12", Kind.MOMENT),
        ("12/03", Kind.MOMENT),
        ("14:30", Kind.MOMENT),
        ("14h30", Kind.MOMENT),
        ("3 mars 2024", Kind.MOMENT),
        ("3 Dezember", Kind.MOMENT),
        ("12 dec. 2023", Kind.MOMENT),
    ],
)
def test_addresses_and_numbers_are_pointed_out_in_any_language(
    language: str, contact: str, kind: Kind
) -> None:
    assert found_in(f"x: {contact}, y.", language) == [(contact, kind)]


def test_a_number_that_says_nothing_is_left_alone() -> None:
    assert found_in("artikel 15, 3 kopieën, 250 euro, 1050 postcode") == []


class TestKnownWords:
    def test_say_nothing(self) -> None:
        text = "Wij vroegen het aan Actiris en aan de Gemeente Elsene."

        assert found_in(text, known=("Actiris", "gemeente  elsene")) == []

    def test_count_as_whole_phrases_only(self) -> None:
        text = "Wij vroegen het aan mevrouw Elsene van Actirisdienst."

        assert found_in(text, known=("Actiris", "Gemeente Elsene")) == [
            ("Elsene van Actirisdienst", Kind.NAME)
        ]

    def test_may_be_an_address_of_the_office(self) -> None:
        text = "Antwoord aan info@office.example of jan@office.example."

        assert found_in(text, known=("Info@office.example",)) == [
            ("jan@office.example", Kind.EMAIL)
        ]


class TestMarkedWords:
    @pytest.mark.parametrize(
        ("text", "piece"),
        [
            ("achter de groene deur.", "groene deur"),
            ("achter de GROENE\nDEUR.", "GROENE\nDEUR"),
            ("achter groene, deuren.", "groene, deuren"),
            ("naast het keukenraam.", "keukenraam"),
            ("naast de ke\u00aduken.", "ke\u00aduken"),
            ("naast de kéuken.", "kéuken"),
        ],
    )
    def test_are_found_in_any_writing_and_in_longer_words(self, text: str, piece: str) -> None:
        assert found_in(text, marked=("keuken", "Groene deur")) == [(piece, Kind.MARKED)]

    def test_win_over_every_other_kind(self) -> None:
        text = "zie jan@example.be nu"

        assert found_in(text, marked=("jan",)) == [
            ("jan", Kind.MARKED),
            ("@example.be", Kind.EMAIL),
        ]

    def test_that_hold_no_letter_are_left_out(self) -> None:
        assert found_in("een. twee", marked=("", " ", ".")) == []


class TestCopiedPassages:
    OWN = "De chef nam elke vrijdag geld uit de kas mee. Niemand zei er iets van."

    def test_of_six_words_are_found_and_of_five_are_not(self) -> None:
        six = "Er staat: nam elke vrijdag geld uit de."
        five = "Er staat: nam elke zaterdag geld uit de kas."

        assert ("nam elke vrijdag geld uit de", Kind.COPIED) in found_in(six, own_words=(self.OWN,))
        assert found_in(five, own_words=(self.OWN,)) == [("zaterdag", Kind.MOMENT)]

    def test_are_found_whatever_happened_to_capitals_accents_and_punctuation(self) -> None:
        text = "U weet: DE CHÉF, nam  (elke vrijdag)\ngeld uit\u00a0de kas. Dat is alles."

        assert found_in(text, own_words=("x", self.OWN)) == [
            ("DE CHÉF, nam  (elke vrijdag)\ngeld uit\u00a0de kas", Kind.COPIED)
        ]

    def test_are_pointed_out_at_their_longest_and_apart_from_each_other(self) -> None:
        text = f"{self.OWN} Dat is een andere zin. {self.OWN}"

        whole = self.OWN.rstrip(".")
        assert found_in(text, own_words=(self.OWN,)) == [(whole, Kind.COPIED)] * 2

    def test_do_not_run_from_one_text_of_the_reporter_into_another(self) -> None:
        text = "een twee drie vier vijf zes zeven acht"

        assert found_in(text, own_words=("een twee drie vier", "vijf zes zeven acht")) == []

    def test_show_an_address_inside_them_as_what_it_is(self) -> None:
        own = "schrijf mij op jan@example.be voor meer uitleg over dit"

        assert [kind for _, kind in found_in(own, own_words=(own,))] == [
            Kind.COPIED,
            Kind.EMAIL,
            Kind.COPIED,
        ]


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéèàüößœÉÀ'", min_size=1, max_size=8).filter(
    lambda word: any(map(str.isalpha, word))
)
SPELLINGS: list[Callable[[str], str]] = [str.upper, str.lower, str.title, str]
AWKWARD = (
    *("Jan", "de", "Peeters", "ik", "je", "I", ".", ",", "\n", "12/03/2024", "x@y.be", "0", "1"),
    *("+32470123456", "maandag", "März", "'", "-", "e\u0301", "\u00ad", "\ufdfa", "½", "عمر"),
    *("Dr.", "J.", "www.", "@", "(", "BE68", "5390"),
)
ANY_TEXT = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(AWKWARD), max_size=40).map(" ".join)
)


@quick
@given(
    ANY_TEXT,
    st.sampled_from(LANGUAGES),
    st.lists(ANY_TEXT, max_size=3),
    st.lists(ANY_TEXT, max_size=2),
    st.lists(ANY_TEXT, max_size=3),
)
def test_points_are_in_bounds_in_order_and_never_overlap(
    text: str, language: str, own: list[str], known: list[str], marked: list[str]
) -> None:
    found = points(text, language, own, known, marked)

    ends = [0, *(point.end for point in found)]
    assert all(end <= point.start < point.end for end, point in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)


@quick
@given(ANY_TEXT, st.sampled_from(LANGUAGES))
def test_the_pieces_give_the_text_back(text: str, language: str) -> None:
    found = points(text, language, [text], [], [])
    pieces = list(segments(text, found))

    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert [kind for _, kind in pieces if kind] == [point.kind for point in found]


@quick
@given(
    st.lists(WORDS, min_size=6, max_size=30),
    st.data(),
    st.text("abc .,\n", max_size=30),
    st.text("abc .,\n", max_size=30),
    st.sampled_from(LANGUAGES),
)
def test_a_copied_run_is_always_found(
    own: list[str], data: st.DataObject, before: str, after: str, language: str
) -> None:
    start = data.draw(st.integers(0, len(own) - 6))
    end = data.draw(st.integers(start + 6, len(own)))
    separators = st.sampled_from([" ", "  ", "\n", ", ", " - ", ". ", "\u00a0"])
    spelling = data.draw(st.sampled_from(SPELLINGS))
    copy = "".join(spelling(word) + data.draw(separators) for word in own[start:end])
    text = f"{before} {copy} {after}"

    found = points(text, language, ["other words", " ".join(own)], [], [])

    pointed = {at for point in found for at in range(point.start, point.end)}
    first = len(before) + 1
    letters = {first + at for at, letter in enumerate(copy) if letter.isalnum()}
    assert letters <= pointed


@quick
@given(st.text(max_size=60))
def test_a_place_in_the_plain_text_is_a_place_in_the_original(text: str) -> None:
    plain = PlainText.of(text)

    for word in plain.words():
        start, end = plain.original((word.start, word.end))
        assert word.text in PlainText.of(text[start:end]).text


def test_a_letter_in_two_pieces_is_pointed_out_whole() -> None:
    text = "Het was fe\u0301vrier niet; zie Rene\u0301\u00ad hier."

    assert found_in(text, "fr")[-2:] == [
        ("Rene\u0301\u00ad", Kind.NAME),
        ("hier", Kind.MOMENT),
    ]
    assert found_in(text, "fr")[0] == ("fe\u0301vrier", Kind.MOMENT)


def test_a_word_in_a_script_without_capitals_may_be_a_name() -> None:
    assert found_in("Toen kwam عمر binnen. عمر ging.") == [("عمر", Kind.NAME)] * 2


def test_there_is_nothing_to_point_out_in_nothing() -> None:
    assert points("", "nl", [""], [""], [""]) == ()
    assert list(segments("", ())) == []


def test_segments_lie_between_and_around_the_points() -> None:
    found = (Point(1, 2, Kind.NAME), Point(2, 3, Kind.EMAIL))

    assert list(segments("abcd", found)) == [
        ("a", None),
        ("b", Kind.NAME),
        ("c", Kind.EMAIL),
        ("d", None),
    ]


@pytest.mark.parametrize(
    "repeated",
    ["a", "1 ", "A. ", "Jan van ", "a.a.", "+1", "12/", "aa12", "\n", "x@", "A b ", "\ufdfa", "@"],
)
def test_a_long_text_made_to_be_slow_is_quick(repeated: str) -> None:
    text = (repeated * 20_000)[:20_000]
    started = time.process_time()

    points(text, "de", [text] * 5, ["a a b", text], ["a a a b", "1 1 1 1 2"])

    # It takes a quarter of a second; a rule that looks at each pair of places takes minutes.
    assert time.process_time() - started < 10


def test_thousands_of_marked_words_are_looked_for_together() -> None:
    marked = [f"word{number}" for number in range(4_000)]
    started = time.process_time()

    found = points("a b " * 5_000 + "word3999s", "en", (), (), marked)

    assert [each.kind for each in found] == [Kind.MARKED]
    assert time.process_time() - started < 4


def test_a_character_that_stands_for_a_phrase_counts_for_few_letters() -> None:
    """A reporter could fill messages with it, and make each look at them last minutes."""
    assert len(PlainText.of("\ufdfa").text) <= 4
    assert PlainText.of("su\ufb03x").text == "suffix"
