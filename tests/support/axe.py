"""What axe-core finds on a page: by day, by night and on a small phone (WCAG 2.2 A and AA)."""

from collections.abc import Mapping

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page

from tests.support.browser import HEIGHT, WIDTH

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# WCAG 1.4.10: nothing is lost and nothing scrolls sideways at this width in CSS pixels.
NARROW = 320

_OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
# The one rule whose answer another colour scheme changes.
_CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
_ALL_BUT_CONTRAST = {**_OPTIONS, "rules": {"color-contrast": {"enabled": False}}}
# Half a megabyte of script: a document that holds it already is not given it again.
_IS_THERE = "() => typeof axe !== 'undefined'"
_VIOLATIONS = "options => axe.run(options).then(results => results.violations)"
_VIOLATIONS_THERE = """options =>
  axe.run({include: newOnes}, options).then(results => results.violations)"""
# Elements with words of their own, in a place where no page in this window had one before.
_NEW_ONES = """() => {
  globalThis.seenOnes ??= new Set();
  const self = one => `${one.tagName}.${one.className} ${one.ariaCurrent} ${one.role}`;
  const place = one => (one.parentElement ? place(one.parentElement) : "") + self(one);
  const words = one => [...one.childNodes].some(each => each.nodeType === 3 && each.data.trim());
  const fresh = key => !seenOnes.has(key) && seenOnes.add(key);
  globalThis.newOnes = [...document.body.querySelectorAll("*")]
    .filter(one => (words(one) || one.matches("input, select, textarea")) && fresh(place(one)));
  return newOnes.length;
}"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of(page: Page) -> list[str]:
    """Each fault in one line, in every look of the page; the window must run scripts."""
    page.emulate_media(color_scheme="dark")
    found = _by_axe(page, "dark")
    page.emulate_media(color_scheme="light")
    return [*found, *_by_axe(page, "light"), *faults_when_narrow(page)]


def faults_when_narrow(page: Page) -> list[str]:
    """The faults on a small phone alone."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found = _by_axe(page, "narrow")
    if overflow := sideways(page):
        found.append(f"narrow: scrolls {overflow} px sideways")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    return found


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return max(0, int(page.evaluate(_OVERFLOW)))


def faults_now(page: Page, look: str) -> list[str]:
    """The faults in the window as it is; `look` is how the answer calls it."""
    return _found(page, look, _OPTIONS)


def shape_faults_now(page: Page, look: str) -> list[str]:
    """The same, of all but colours, which take more time than everything else."""
    return _found(page, look, _ALL_BUT_CONTRAST)


def find_new_ones(page: Page) -> int:
    """How many elements stand where none stood in this window before: `faint_now` looks at them.

    Colours come from an element and what it stands in.
    """
    return int(page.evaluate(_NEW_ONES))


def faint_now(page: Page, look: str) -> list[str]:
    """What is hard to read in the colours of now, among the new ones."""
    return _found(page, look, _CONTRAST, _VIOLATIONS_THERE)


def give_axe(page: Page) -> None:
    """Put axe into the window; it stays there for whatever is written into it next."""
    if not page.evaluate(_IS_THERE):
        page.evaluate(AXE_SCRIPT)


def _by_axe(page: Page, look: str) -> list[str]:
    # Without its stylesheet every page has faults of contrast.
    page.wait_for_load_state("load")
    give_axe(page)
    return faults_now(page, look)


def _found(
    page: Page, look: str, options: Mapping[str, object], asking: str = _VIOLATIONS
) -> list[str]:
    return [
        f"{look}: {violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in page.evaluate(asking, options)
        for node in violation["nodes"]
    ]
