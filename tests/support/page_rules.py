"""What every answer of both applications must be, whichever test fetches it.

The values are written out here a second time on purpose: a header changed by accident in `web/`
must not change its own test.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it has no stubs
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'; sandbox allow-forms allow-same-origin allow-downloads"
)
SCRIPT_POLICY = CONTENT_SECURITY_POLICY.replace(
    "sandbox allow-forms allow-same-origin allow-downloads",
    "script-src 'self'; connect-src 'self'",
)
PICTURE_POLICY = CONTENT_SECURITY_POLICY.replace("sandbox", "img-src 'self'; sandbox")
# The one element that each of them is for, and its one address.
WIDER_POLICIES = {SCRIPT_POLICY: "script", PICTURE_POLICY: "img"}
# An office's own logo lies in every page itself, and may do so by every policy of a page.
LOGO_BYTES = "data:image/webp;base64,"
_LOGO_ALLOWED = (
    ("font-src 'self'; img-src data:", "font-src 'self'"),
    ("img-src 'self' data:", "img-src 'self'"),
)
# A link to another site, which the office set, says that it is one.
ELSEWHERE = "external noreferrer"
FILES_SCRIPT = "/static/files.js"
OWN_SCRIPTS = {FILES_SCRIPT, "/static/passkey.js", "/static/wait.js"}
FILE_SECURITY_POLICY = "default-src 'none'; sandbox"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), clipboard-read=(), "
        "display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
        "hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), "
        "picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), "
        "screen-wake-lock=(), serial=(), "
        "usb=(), web-share=(), xr-spatial-tracking=()"
    ),
}
# On pages that ask for a passkey, and on no other.
PASSKEY_PERMISSIONS = (
    HEADERS["Permissions-Policy"]
    .replace("publickey-credentials-create=()", "publickey-credentials-create=(self)")
    .replace("publickey-credentials-get=()", "publickey-credentials-get=(self)")
)
# A page may carry these and no other response header: anything else is a way to tell people apart.
ALLOWED_BESIDES = {
    "Accept-Ranges",
    "Allow",
    "Clear-Site-Data",
    "Content-Disposition",
    "Content-Length",
    "Content-Range",
    "Content-Type",
    "Date",
    "Location",
    "Retry-After",
    "Set-Cookie",
    "Strict-Transport-Security",
    "Vary",
}
_POLICY = "Content-Security-Policy"
_PERMISSIONS = "Permissions-Policy"
LANGUAGES = {"nl", "fr", "de", "en"}
FORBIDDEN_ELEMENTS = {"script", "style", "img", "iframe", "object", "embed", "base", "picture"}
URL_ATTRIBUTES = ("href", "src", "action", "formaction", "poster", "data")
ID_REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
# The demonstration on loopback runs over plain HTTP under a name that says so.
COOKIE_NAMES = re.compile(r"^(__Host-zegel-(portal|console)|zegel-(portal|console)-loopback)$")
# The one cookie that stays on purpose: the console's, in a browser where staff signed in before.
KEPT_COOKIE = "__Host-zegel-console-device"


class RuleBroken(AssertionError):
    """An answer breaks a rule that holds for every answer."""


def parse(text: str) -> Element:
    """The document of a page. Raises RuleBroken where it is not valid HTML."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    document = parser.parse(text)
    faults = [f"line {place[0]}: {code} {detail}" for place, code, detail in parser.errors]
    _require(not faults, "; ".join(faults))
    assert isinstance(document, Element)
    return document


def check_headers(response: TestResponse) -> None:
    """Every header that must be there with its exact value, and no header beyond the known."""
    expected = {**HEADERS, _POLICY: _policy_for(response), _PERMISSIONS: _permissions_for(response)}
    for name, value in expected.items():
        found = response.headers.getlist(name)
        _require(found == [value], f"{name} is {found}")
    unknown = {name.title() for name, _ in response.headers} - {
        name.title() for name in ALLOWED_BESIDES | set(HEADERS)
    }
    _require(not unknown, f"unexpected headers {sorted(unknown)}")
    for cookie in response.headers.getlist("Set-Cookie"):
        _check_cookie(cookie)


def _policy_for(response: TestResponse) -> str:
    """The policy that this answer must have; `check_page` tells which page may have a wider one."""
    if response.mimetype == "application/octet-stream":
        _require("attachment" in response.headers["Content-Disposition"], "a file that opens")
        return FILE_SECURITY_POLICY
    if response.mimetype.startswith("image/"):
        # Only what we drew ourselves is shown in a page, and we draw nothing but this.
        _require(response.mimetype == "image/png", f"a picture of type {response.mimetype}")
        _require(response.data.startswith(PNG_SIGNATURE), "a picture that is none")
        return FILE_SECURITY_POLICY
    found = response.headers.get(_POLICY, "")
    known = {CONTENT_SECURITY_POLICY, *WIDER_POLICIES}
    wider = response.mimetype == "text/html" and without_logo(found) in known
    return found if wider else CONTENT_SECURITY_POLICY


def without_logo(policy: str) -> str:
    """The policy as it is where the office has no logo."""
    for allowed, otherwise in _LOGO_ALLOWED:
        policy = policy.replace(allowed, otherwise)
    return policy


def _permissions_for(response: TestResponse) -> str:
    """Passkeys are for a page with the button that asks for one."""
    asks = response.mimetype == "text/html" and "data-passkey-button" in response.text
    return PASSKEY_PERMISSIONS if asks else HEADERS[_PERMISSIONS]


def _check_cookie(header: str) -> None:
    name = next(iter(parse_cookie(header.partition(";")[0])))
    attributes = {part.strip().lower() for part in header.split(";")[1:]}
    kept = name == KEPT_COOKIE
    _require(kept or COOKIE_NAMES.match(name) is not None, f"cookie named {name}")
    expected = {"httponly", "path=/", "samesite=strict"}
    if name.startswith("__Host-"):
        expected.add("secure")
    # An expiry belongs only to a cookie that is being ended.
    ending = {part for part in attributes if part.startswith(("max-age", "expires"))}
    _require(attributes - ending == expected, f"cookie {name} has {sorted(attributes)}")
    lasts = bool(ending) and "max-age=0" not in ending
    _require(lasts == kept, f"cookie {name} outlives the browser: {ending}")


def check_page(text: str, document: Element, policy: str = CONTENT_SECURITY_POLICY) -> None:
    """The rules for a page's content; a wider policy is for the element that needs it."""
    _require(text.lstrip().lower().startswith("<!doctype html>"), "no doctype")
    _require(document.get("lang") in LANGUAGES, f"lang is {document.get('lang')}")
    title = document.findtext("head/title") or ""
    # The frame adds the office's name behind a dash: the page's own part must come before it.
    _require(title.strip()[:1] not in {"", "\N{EN DASH}"}, "the title is empty")
    headings = list(document.iter("h1"))
    _require(len(headings) == 1, f"{len(headings)} h1")
    _require(bool("".join(headings[0].itertext()).strip()), "the h1 is empty")
    needed = WIDER_POLICIES.get(without_logo(policy), "")
    logos = 0 if without_logo(policy) == policy else 1
    _require(len(list(filter(_is_logo, _elements(document)))) == logos, f"not {logos} logo")
    _require(not needed or document.find(f".//{needed}") is not None, "a policy for nothing")
    for fault in (
        *_active_content(document, needed),
        *_references(document),
        *_unlabelled(document),
    ):
        raise RuleBroken(fault)


def _active_content(document: Element, allowed: str) -> Iterator[str]:
    for element in _elements(document):
        if _is_logo(element):
            continue
        if element.tag == "script" == allowed:
            if element.get("src") not in OWN_SCRIPTS or "".join(element.itertext()).strip():
                yield f"another script than ours: {element.attrib}"
        elif element.tag in FORBIDDEN_ELEMENTS - {allowed}:
            yield f"<{element.tag}> in the page"
        if element.tag == "link" and element.get("rel") != "stylesheet":
            yield f"<link rel={element.get('rel')}>"
        for name in element.attrib:
            if name == "style" or name.lower().startswith("on"):
                yield f"{name}= on <{element.tag}>"
        for name in URL_ATTRIBUTES:
            if element.get("rel") != ELSEWHERE and _leaves_the_site(element.get(name, "")):
                yield f"{name}={element.get(name)} on <{element.tag}>"


def _is_logo(element: Element) -> bool:
    source = element.get("src", "")
    return element.tag == "img" and "alt" in element.attrib and source.startswith(LOGO_BYTES)


def _leaves_the_site(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.scheme or parts.netloc)


def _references(document: Element) -> Iterator[str]:
    known = Counter(element.get("id") for element in _elements(document) if element.get("id"))
    for name, times in known.items():
        if times > 1:
            yield f"id {name} stands {times} times"
    for element in _elements(document):
        for name in ID_REFERENCES:
            for target in element.get(name, "").split():
                if target not in known:
                    yield f"{name}={target} on <{element.tag}> leads nowhere"
        href = element.get("href", "")
        if href.startswith("#") and href[1:] not in known:
            yield f"href={href} leads nowhere"


def _unlabelled(document: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in document.iter("label")}
    for element in _elements(document):
        if element.tag not in {"input", "select", "textarea"} or element.get("type") == "hidden":
            continue
        named: Mapping[str, str] = element.attrib
        if not {"aria-label", "aria-labelledby"} & set(named) and named.get("id") not in labelled:
            yield f"<{element.tag} name={named.get('name')}> has no label"
    for form in document.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"the form to {form.get('action')} carries no CSRF token"


def _elements(document: Element) -> Iterator[Element]:
    # html5lib's tree also holds comments, whose tag is a function.
    return (element for element in document.iter() if isinstance(element.tag, str))


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuleBroken(otherwise)
