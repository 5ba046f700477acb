"""An office's colours: what follows from the few that it sets, and what is refused."""

import pytest

from web.look.colours import BLACK, WHITE, Colour, contrast, lifted, parse, readable_on
from web.look.palette import PLACE, Scheme, as_css, measured, of_the_house, of_the_office
from web.look.stylesheet import HOUSE

HOUSE_COLOURS = of_the_house(HOUSE)


def colour(written: str) -> Colour:
    found = parse(written)
    assert found is not None
    return found


def faint(scheme: Scheme, **light: str) -> list[tuple[str, str]]:
    """The pairs that are refused where an office sets these colours for light pages."""
    given = {Scheme.LIGHT: {name: colour(value) for name, value in light.items()}}
    changed = of_the_office(given, HOUSE_COLOURS)[scheme]
    pairs = measured(scheme, {**HOUSE_COLOURS[scheme], **changed})
    return [(pair.shown, pair.on) for pair in pairs if pair.is_faint]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # Worked out with the W3C's own definition; #767676 is the lightest grey that reads on white.
    [("#000000", "#ffffff", 21.0), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)],
)
def test_the_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(colour(one), colour(other)) == pytest.approx(ratio, abs=0.01)
    assert contrast(colour(other), colour(one)) == contrast(colour(one), colour(other))


@pytest.mark.parametrize("written", ["red", "#fff", "#12345g", "#1234567", "0b4a52", "#0b4a52 "])
def test_a_colour_is_written_in_one_way(written: str) -> None:
    assert parse(written) is None


def test_text_on_any_ground_is_white_or_black_and_reads_well() -> None:
    grounds = [Colour(red, green, 90) for red in range(0, 256, 15) for green in range(0, 256, 15)]

    worst = min(contrast(readable_on(ground), ground) for ground in grounds)

    assert worst >= 4.5
    assert {readable_on(ground) for ground in grounds} == {BLACK, WHITE}


def test_a_dark_colour_is_lifted_until_it_reads_on_a_dark_page() -> None:
    paper = HOUSE_COLOURS[Scheme.DARK]["paper"]

    for dark in (BLACK, colour("#5a1e6e"), colour("#0000ff"), WHITE):
        assert contrast(lifted(dark, paper, 7.0), paper) >= 7.0
    assert lifted(WHITE, paper, 7.0) == WHITE


@pytest.mark.parametrize("scheme", Scheme)
def test_the_colours_of_the_house_keep_the_rules_for_an_office(scheme: Scheme) -> None:
    assert faint(scheme) == []


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(
    "light",
    [
        {"brand": "#5a1e6e", "accent": "#ffd23f"},
        {"brand": "#1a4d1a"},
        {"brand": "#8a1538", "accent": "#f2e9dc"},
        {"accent": "#00ffaa"},
        {"brand": "#ffd6e8", "accent": "#7a003c", "link": "#7a1f00", "button": "#4b0082"},
        {"link": "#003b6f"},
    ],
)
def test_usual_colours_of_an_office_pass_on_light_pages_and_mostly_follow_on_dark_ones(
    light: dict[str, str], scheme: Scheme
) -> None:
    found = faint(scheme, **light)

    # A dark accent for a pale banner is the one thing that dark pages cannot take over.
    assert found == [] or (scheme is Scheme.DARK and {shown for shown, _ in found} == {"accent"})


@pytest.mark.parametrize(
    ("light", "pair"),
    [
        ({"brand": "#ffe100"}, ("link", "paper")),
        ({"brand": "#777777"}, ("link", "paper")),
        ({"link": "#7f8c8d"}, ("link", "paper")),
        ({"link": "#6e6e6e"}, ("link", "info-wash")),
        ({"brand": "#0050a0", "on_brand": "#003060"}, ("on-brand", "brand")),
        ({"button": "#0b4a52", "on_button": "#346b70"}, ("on-button", "button")),
        ({"button": "#d8e0e0", "on_button": "#000000"}, ("button", "paper")),
        ({"brand": "#0050a0", "accent": "#0060b0"}, ("accent", "brand")),
        ({"accent": "#0b4a52"}, ("accent", "brand")),
    ],
)
def test_colours_that_many_could_not_read_are_found(
    light: dict[str, str], pair: tuple[str, str]
) -> None:
    assert pair in faint(Scheme.LIGHT, **light)


def test_a_ring_of_focus_that_nobody_sees_is_found() -> None:
    given = {Scheme.DARK: {"brand": colour("#d8f3a2"), "accent": colour("#2b3a00")}}
    changed = of_the_office(given, HOUSE_COLOURS)[Scheme.DARK]

    pairs = measured(Scheme.DARK, {**HOUSE_COLOURS[Scheme.DARK], **changed})

    assert {(pair.shown, pair.on) for pair in pairs if pair.is_faint} == {
        ("accent", "paper"),
        ("accent", "wash"),
    }


def test_a_ratio_is_told_rounded_down() -> None:
    (pair,) = (
        pair
        for pair in measured(
            Scheme.LIGHT, {**HOUSE_COLOURS[Scheme.LIGHT], "link": colour("#777777")}
        )
        if (pair.shown, pair.on) == ("link", "paper")
    )

    assert (pair.rounded, pair.is_faint) == ("4.47", True)


def test_only_what_an_office_sets_is_set_again() -> None:
    assert as_css(of_the_office({}, HOUSE_COLOURS)) == ""
    css = as_css(of_the_office({Scheme.DARK: {"link": colour("#ffb38a")}}, HOUSE_COLOURS))
    assert css.startswith("@media (prefers-color-scheme: dark) { :root { --link: #ffb38a; ")
    assert "--brand" not in css


def test_every_colour_that_the_rules_name_is_a_token_of_the_stylesheet() -> None:
    assert HOUSE.count(PLACE) == 1
    for tokens in HOUSE_COLOURS.values():
        assert len(list(measured(Scheme.LIGHT, tokens))) > 15


def test_what_people_ask_for_stands_after_what_an_office_sets() -> None:
    place = HOUSE.index(PLACE)

    for wish in ("(prefers-contrast: more)", "(forced-colors: active)", "@media print"):
        assert HOUSE.index(wish) > place
