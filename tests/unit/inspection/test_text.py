import pytest

from inspection.findings import Words
from inspection.formats import words
from inspection.formats.text import SOURCE, TEXT


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_the_character_set_it_was_written_in(charset: str) -> None:
    page = TEXT.page("Señor Dürr wrote: one, two, three.".encode(charset), 0)

    assert isinstance(page, Words)
    assert page.text == "Señor Dürr wrote: one, two, three."


def test_long_text_is_shown_in_pages_and_cut_at_its_bound() -> None:
    data = ("ü" * words.DOCUMENT + "more").encode()

    assert TEXT.pages(data) == 10
    assert TEXT.page(data, 0) == Words("ü" * words.PAGE, cut=False)
    last = TEXT.page(data, 9)
    assert isinstance(last, Words)
    assert last.cut


def test_plain_text_is_its_own_cleaned_copy() -> None:
    assert TEXT.cleaned(b"a,b\n") == b"a,b\n"
    assert list(TEXT.hidden(b"a,b\n")) == []


@pytest.mark.parametrize(
    "unseen", ["\0", "\x1b", "\x7f", "\u200b", "\u202e", "\u2060", "\ufeff", "\U000e0041"]
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_text_with_something_in_it_that_nobody_sees_is_not_called_clean(
    unseen: str, charset: str
) -> None:
    text = "line\n" * 2000 + f"wo{unseen}rd"

    assert TEXT.cleaned(text.encode(charset)) is None


def test_letters_that_scripts_and_pictures_in_letters_need_are_no_hidden_data() -> None:
    text = "Señor, नमस\u094d\u200cते, 👩\u200d🔬, co\u00adoperate\r\n\t".encode()

    assert TEXT.cleaned(text) == text
    assert TEXT.cleaned(b"\xef\xbb\xbf" + text) == b"\xef\xbb\xbf" + text


def test_markup_is_shown_as_it_is_written_and_not_cleaned() -> None:
    page = SOURCE.page(b"<svg onload='x()'/>", 0)

    assert page == Words("<svg onload='x()'/>", cut=False)
    assert SOURCE.cleaned(b"<svg/>") is None


def test_an_empty_file_has_an_empty_page() -> None:
    assert TEXT.pages(b"") == 1
    assert TEXT.page(b"", 0) == Words("", cut=False)


def test_bytes_that_no_character_set_knows_are_no_error() -> None:
    assert TEXT.pages(bytes(range(256)) * 10) == 1
