"""What is lost of a page in a small or odd window: it sticks out, is cut or lies on other words."""

from typing import cast

from playwright.sync_api import Page, Route

# What readers may set over any page (WCAG 1.4.12); nothing may be lost by it.
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
# As in Tor Browser at its safest: no drawings.
NO_DRAWINGS = "svg, img { display: none !important; }"

_LOST = """() => {
  const found = [], window_ = document.documentElement, words = [];
  const sideways = window_.scrollWidth - window_.clientWidth;
  if (sideways > 0) found.push(`scrolls ${sideways} px sideways`);
  const hidden = one => one.closest('.visually-hidden, .skip-link, option, datalist');
  for (const one of document.querySelectorAll('body *')) {
    if (hidden(one) || !one.checkVisibility()) continue;
    const style = getComputedStyle(one), cuts = ['hidden', 'clip'];
    if (one.tagName === 'SELECT' || one.namespaceURI !== document.body.namespaceURI) continue;
    if (cuts.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1 ||
        cuts.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
      found.push(`cut: ${one.outerHTML.slice(0, 90)}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!node.data.trim() || hidden(holder) || !holder.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1) words.push({box, text: node.data.trim().slice(0, 30), node});
  }
  for (const {box, text} of words)
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`out of the window: ${text}`);
  // From top to bottom, each is compared with those that begin before it ends.
  words.sort((one, other) => one.box.top - other.box.top);
  words.forEach(({box: a, text, node}, at) => {
    for (const other of words.slice(at + 1)) {
      const b = other.box;
      if (b.top > a.bottom - 6) break;
      if (other.node !== node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
        found.push(`on each other: ${text} | ${other.text}`);
    }
  });
  return found;
}"""


def lost(page: Page) -> list[str]:
    """What cannot be read in the window as it is now, one line each."""
    return cast(list[str], page.evaluate(_LOST))


def style(page: Page, more: str) -> None:
    """From now on add rules to the stylesheet on its way, as the pages allow no other."""

    def add(route: Route) -> None:
        sent = route.fetch()
        route.fulfill(body=sent.text() + more, headers={"content-type": "text/css"})

    page.route("**/*.css", add)
