"""A person who has a keyboard and nothing else, and what must hold at each press of Tab.

Tab goes on in the order of the page, never gets stuck and passes by nothing that can be used; what
has the focus is in the window and wears the ring of the stylesheet (WCAG 2.1.1, 2.1.2, 2.4.3,
2.4.7, 2.4.11).
"""

from dataclasses import dataclass
from typing import cast

from playwright.sync_api import Locator, Page, Response

# More than any page has.
MOST = 400
# Of the ring in the stylesheet, in CSS pixels.
RING = 3

_STOPS = """() => {
  const seen = new Set();
  return [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary'
  )].filter(one => {
    if (one.disabled || one.tabIndex < 0) return false;
    if (!one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== 'radio') return true;
    // One stop for a group: the chosen one, or the first.
    const named = [...document.getElementsByName(one.name)];
    const group = named.filter(other => other.form === one.form);
    const chosen = group.find(other => other.checked);
    if (chosen ? chosen !== one : seen.has(one.name)) return false;
    seen.add(one.name);
    return true;
  }).map(one => one.outerHTML.slice(0, 120));
}"""

_FOCUSED = """() => {
  const one = document.activeElement;
  if (one === null || one === document.body || one === document.documentElement) return null;
  const ringed = [one, one.closest('.way')].filter(Boolean).some(drawn => {
    const style = getComputedStyle(drawn);
    return style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= ring;
  });
  const box = (one.labels?.[0] ?? one).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    place: [...document.querySelectorAll('*')].indexOf(one),
    markup: one.outerHTML.slice(0, 120),
    ringed,
    inside,
  };
}""".replace("ring;", f"{RING};")


@dataclass(frozen=True, slots=True)
class Focus:
    """What has the focus: its place in the document, and what one sees of it."""

    place: int
    markup: str
    ringed: bool
    inside: bool


class Keyboard:
    """The keys of one person in one window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def walk(self) -> list[str]:
        """Press Tab from the top of a fresh page to its end; gives what is wrong on the way."""
        faults, passed, last = [], [], -1
        for _ in range(MOST):
            focus = self._tab()
            if focus is None or focus.place < last:
                break
            faults += _faults(focus)
            if focus.place == last:
                faults.append(f"stuck: {focus.markup}")
                break
            passed.append(focus.markup)
            last = focus.place
        missed = set(self._stops()) - set(passed)
        return [*faults, *(f"never reached: {markup}" for markup in sorted(missed))]

    def reach(self, target: Locator) -> None:
        """Press Tab until the focus is there."""
        for _ in range(MOST):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no press of Tab leads to {target}")

    def write(self, target: Locator, text: str) -> None:
        """Reach a box and type."""
        self.reach(target)
        self.page.keyboard.type(text)

    def press(self, target: Locator) -> None:
        """Reach a box to tick, or a note to unfold, and press Space."""
        self.reach(target)
        self.page.keyboard.press("Space")

    def go(self, target: Locator) -> Response:
        """Reach a link or a button and press Enter; gives the page's answer once it is there."""
        self.reach(target)
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press("Enter")
        return navigation.value

    def skip(self) -> None:
        """Take the link at the top of a fresh page past its frame."""
        self.page.keyboard.press("Tab")
        assert self.page.locator(".skip-link:focus").count() == 1
        self.page.keyboard.press("Enter")
        assert self.page.locator("main:focus").count() == 1

    def _tab(self) -> Focus | None:
        self.page.keyboard.press("Tab")
        found = self.page.evaluate(_FOCUSED)
        return None if found is None else Focus(**found)

    def _stops(self) -> list[str]:
        return cast(list[str], self.page.evaluate(_STOPS))


def _faults(focus: Focus) -> list[str]:
    seen = {"no ring": focus.ringed, "out of the window": focus.inside}
    return [f"{fault}: {focus.markup}" for fault, right in seen.items() if not right]
