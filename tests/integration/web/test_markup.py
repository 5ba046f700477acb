"""The checker that reads every page of the tests at their end."""

from pathlib import Path

from tests.support.markup import Pages

SOUND = (
    "<!doctype html><html lang=en><head><title>A page</title></head><body><h1>Day 1</h1>{}</body>"
)
PLANTED = {
    "/place": "<ul><p>Not in a list</p></ul>",
    "/attribute": '<p placeholder="none">A text has no place holder</p>',
    "/role": '<h2 role="checkbox" aria-checked="maybe">Neither</h2>',
    "/section": "<section><p>A section without a heading is only warned of</p></section>",
    "/sound": '<input type="file" aria-label="Folder" webkitdirectory>',
}


def test_what_may_not_stand_where_it_stands_is_found_and_the_page_named(tmp_path: Path) -> None:
    pages = Pages()
    for url, planted in PLANTED.items():
        pages.put_by(url, SOUND.format(planted))

    found = {fault.partition(",")[0] for fault in pages.faults(tmp_path)}

    assert found == set(PLANTED) - {"/sound"}


def test_pages_that_differ_in_their_words_are_checked_once() -> None:
    pages = Pages()
    for day in ("1", "2"):
        pages.put_by(f"/{day}", SOUND.replace("Day 1", f"Day {day}"))

    assert len(pages) == 1


def test_without_a_page_nothing_is_started(tmp_path: Path) -> None:
    assert Pages().faults(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
