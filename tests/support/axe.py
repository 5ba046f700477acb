"""What axe-core finds on a page: by day, by night and on a small phone (WCAG 2.2 A and AA)."""

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # has no types
from playwright.sync_api import Page

from tests.support.browser import HEIGHT, WIDTH

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# WCAG 1.4.10: nothing is lost and nothing scrolls sideways at this width in CSS pixels.
NARROW = 320

_OPTIONS = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
# Half a megabyte of script: a document that holds it already is not given it again.
_IS_THERE = "() => typeof axe !== 'undefined'"
_VIOLATIONS = "options => axe.run(options).then(results => results.violations)"
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


def _by_axe(page: Page, look: str) -> list[str]:
    # Without its stylesheet every page has faults of contrast.
    page.wait_for_load_state("load")
    if not page.evaluate(_IS_THERE):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{look}: {violation['id']}: {violation['help']}: {node['html'][:200]}"
        for violation in page.evaluate(_VIOLATIONS, _OPTIONS)
        for node in violation["nodes"]
    ]
