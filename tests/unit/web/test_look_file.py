"""`look.toml`: read whole, or refused with one line that says what to change."""

from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from tests.support.own_look import LOOK, logo, put_on
from web.look.logo import MOST_BYTES, draw
from web.look.office import LogoFile, Look
from web.look.parts import LookInvalid
from web.look.reading import look_of, read_look

EVERYWHERE = {language: "x" for language in ("nl", "fr", "de", "en")}


def refused(written: str, folder: Path = Path("/nowhere")) -> str:
    with pytest.raises(LookInvalid) as found:
        look_of(written, folder)
    line = str(found.value)
    assert line.startswith("look.toml: ")
    assert "\n" not in line
    return line.removeprefix("look.toml: ")


def test_an_office_without_a_file_looks_as_zegel_ships(tmp_path: Path) -> None:
    assert read_look(tmp_path) == Look()
    assert look_of("", tmp_path).name("fr", "Ombuds Test") == "Ombuds Test"


def test_what_an_office_says_is_taken_in_each_language(tmp_path: Path) -> None:
    put_on(tmp_path)

    look = read_look(tmp_path)

    assert look.name("fr", "Ombuds Test") == "Médiateur de Villexemple"
    assert look.welcome["de"] == "Willkommen bei der Ombudsstelle von Musterstadt."
    assert look.contact["nl"] == ("Grote Markt 1, 1000 Voorbeeldstad", "02 000 00 00")
    assert look.site["en"] == "https://ombudsman.voorbeeldstad.example/en"
    assert look.logo is not None
    assert look.logo.path == tmp_path / "logo.png"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("name = ", "Invalid value"),
        ("a = " + "[" * 20_000, "maximum recursion depth exceeded"),
        ("colour = 3", "the file has no colour; it has name, welcome, contact, site"),
        ('name = "Ombuds"', "name must be a table"),
        ('name = { nl = "A" }', "name is missing in fr, de, en"),
        ('name = { nl = "A", es = "B" }', "name has no es; it has nl, fr, de, en"),
        ('name = { nl = "", fr = "A", de = "A", en = "A" }', "name.nl must be text on one line"),
        ('name = { nl = 3, fr = "A", de = "A", en = "A" }', "name.nl must be text on one line"),
        (
            'name = { nl = "A\\nB", fr = "A", de = "A", en = "A" }',
            "name.nl must be text on one line",
        ),
        (
            f'name = {{ nl = "{"A" * 201}", fr = "A", de = "A", en = "A" }}',
            "name.nl has 201 characters; at most 200 fit",
        ),
        (
            'contact = { nl = "A", fr = ["A"], de = ["A"], en = ["A"] }',
            "contact.nl must be a list of 1 to 8 lines",
        ),
        (
            "contact = { nl = [], fr = [], de = [], en = [] }",
            "contact.nl must be a list of 1 to 8 lines",
        ),
        ("[colours.pale]", "colours has no pale; it has light, dark"),
        ("[colours.light]\npaper = '#ffffff'", "colours.light has no paper; it has brand, on_bra"),
        ("[colours.light]\nbrand = 'red'", 'colours.light.brand must be a colour such as "#0b4a52'),
        (
            "[colours.light]\nlink = '#777777'",
            "colours.light: link #777777 on paper #ffffff has a contrast of 4.47:1; at least 4.5:1",
        ),
        (
            "[colours.dark]\naccent = '#444444'",
            "colours.dark: accent #444444 on brand #0a3138 has a contrast of 1.42:1; at least 3:1",
        ),
        ("logo = 'logo.png'", "logo must be a table"),
        ("[logo]\nfile = '../logo.png'", "logo.file must be the name of a file beside it"),
        ("[logo]\nalt = {}", "logo.file must be text on one line"),
        ("[logo]\nfile = 'logo.png'", "logo.alt must say in each language what the logo shows"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(written: str, said: str) -> None:
    assert refused(written).startswith(said)


@pytest.mark.parametrize(
    "site",
    [
        "http://ombuds.example",
        "javascript:alert(1)",
        "https://a:b@ombuds.example",
        "https://localhost",
        "https://ombuds.example:99999",
        "https://ombuds example",
        "//ombuds.example",
        "https://[",
    ],
)
def test_a_link_leads_to_a_site_over_tls_or_nowhere(site: str) -> None:
    table = ", ".join(f'{language} = "{site}"' for language in EVERYWHERE)

    assert refused(f"site = {{ {table} }}") == (
        "site.nl must be an address such as https://name.example"
    )


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe", "it is not UTF-8 text"), (b"#" * 70_000, "it is larger")]
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "look.toml").write_bytes(content)

    with pytest.raises(LookInvalid, match=said):
        read_look(tmp_path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "look.toml").mkdir()

    with pytest.raises(LookInvalid, match="it cannot be read: Is a directory"):
        read_look(tmp_path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_and_small(tmp_path: Path, kind: str) -> None:
    (tmp_path / "logo").write_bytes(logo(kind))

    drawn = draw(LogoFile(tmp_path / "logo", EVERYWHERE))

    assert (drawn.width, drawn.height) == (120, 48)
    assert drawn.address.startswith("data:image/webp;base64,")
    assert drawn.weight < MOST_BYTES * 4 / 3 + 50
    assert "base64" not in repr(drawn)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "logo is no PNG, JPEG or WebP picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo is no PNG, JPEG or WebP picture"),
        (b"GIF89a", "logo is a picture that cannot be drawn"),
        (logo()[:200], "logo is a picture that cannot be drawn"),
        (b"\x89PNG" * 3_000_000, "logo is larger than 8 MiB"),
    ],
)
def test_a_logo_that_is_none_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "logo").write_bytes(content)

    with pytest.raises(LookInvalid, match=f"^look.toml: {said}$"):
        draw(LogoFile(tmp_path / "logo", EVERYWHERE))


def test_a_logo_with_too_much_detail_is_refused(tmp_path: Path) -> None:
    noise = BytesIO()
    Image.frombytes("RGB", (480, 96), Random(7).randbytes(480 * 96 * 3)).save(noise, "PNG")  # noqa: S311 - no secret
    (tmp_path / "logo").write_bytes(noise.getvalue())

    with pytest.raises(LookInvalid, match="logo has too much detail for 12 KiB"):
        draw(LogoFile(tmp_path / "logo", EVERYWHERE))


@pytest.mark.parametrize("size", [(1, 1), (5000, 3), (3, 5000)])
def test_a_logo_that_nobody_would_see_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "logo.png")

    with pytest.raises(LookInvalid, match="too small or too thin: no side may have less than 32"):
        draw(LogoFile(tmp_path / "logo.png", EVERYWHERE))


def test_a_logo_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LookInvalid, match=r"logo\.png cannot be read: No such file or directory"):
        draw(LogoFile(tmp_path / "logo.png", EVERYWHERE))


def test_the_look_of_the_tests_is_whole() -> None:
    assert look_of(LOOK, Path("/nowhere")).logo is not None
