"""The headers of every response, both applications. Sources: OWASP Secure Headers Project,
SecureDrop's and GlobaLeaks' published configurations, and measurement in browsers."""

from urllib.parse import quote

from flask import Flask, Response, g, request

# No script at all, no image, no third party. `sandbox` without allow-scripts also disarms what a
# future mistake might let in. No upgrade-insecure-requests: on an http onion it breaks the page.
_NOTHING_MORE = (
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_SANDBOX = "sandbox allow-forms allow-same-origin allow-downloads"
CONTENT_SECURITY_POLICY = "; ".join((*_NOTHING_MORE, _SANDBOX))

# A page with a field for files: one script of ours shows how far they are, and sends them where
# the form would. And a page that asks for a passkey: no browser gives one without a script. Neither
# makes markup from text: trusted types still forbid it. No sandbox: one that allows scripts and
# this very origin keeps nothing in, and browsers warn of it.
SCRIPT_POLICY = "; ".join((*_NOTHING_MORE, "script-src 'self'", "connect-src 'self'"))

# A page that shows a picture which our own server drew.
PICTURE_POLICY = "; ".join((*_NOTHING_MORE, "img-src 'self'", _SANDBOX))

# With an office's logo on every page. It lies in the page itself: no address, nothing to fetch.
_PICTURES, _PICTURES_AND_LOGO = "img-src 'self'", "img-src 'self' data:"
_BEFORE_LOGO = "font-src 'self'"

# A file that somebody sent: whatever it is, it may do nothing at all, opened in a browser even.
FILE_SECURITY_POLICY = "default-src 'none'; sandbox"

_SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)

_POLICY = "Content-Security-Policy"
_PERMISSIONS = "Permissions-Policy"
_PASSKEYS = frozenset({"publickey-credentials-create", "publickey-credentials-get"})
HEADERS = {
    _POLICY: CONTENT_SECURITY_POLICY,
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
    _PERMISSIONS: ", ".join(f"{feature}=()" for feature in _SWITCHED_OFF),
}
# A page on which somebody makes or uses a passkey.
PASSKEY_PERMISSIONS = ", ".join(
    f"{feature}=(self)" if feature in _PASSKEYS else f"{feature}=()" for feature in _SWITCHED_OFF
)

STRICT_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"
# What a browser must forget when a person leaves (W3C Clear Site Data).
FORGET_EVERYTHING = '"cache", "cookies", "storage"'
# For the console, whose browser keeps one cookie on purpose (reviewer/devices.py).
FORGET_PAGES = '"cache", "storage"'


def allow(policy: str) -> None:
    """Give this answer another policy than that of every page: one of those above."""
    g.page_policy = policy


def allow_passkeys() -> None:
    """Let this page run our script, and the browser ask for a passkey there."""
    allow(SCRIPT_POLICY)
    g.page_permissions = PASSKEY_PERMISSIONS


def with_logo(policy: str) -> str:
    """One of the policies above for a page that also shows the office's logo."""
    if _PICTURES in policy:
        return policy.replace(_PICTURES, _PICTURES_AND_LOGO)
    return policy.replace(_BEFORE_LOGO, f"{_BEFORE_LOGO}; img-src data:")


def configure(app: Flask, *, secure: bool, onion: str | None = None, logo: bool = False) -> None:
    """Put the headers on every response; HSTS only where the application is served securely.

    Over an onion's plain HTTP a browser ignores HSTS (RFC 6797, 8.1), so one value serves both.

    Args:
        onion: the application's own onion address, to which a page on the open web points; Tor
            Browser then offers to go there, or goes by itself.
        logo: whether pages show the office's own.
    """

    @app.after_request
    def add(response: Response) -> Response:
        policy = g.get("page_policy", CONTENT_SECURITY_POLICY)
        if logo and response.mimetype == "text/html":
            policy = with_logo(policy)
        permissions = g.get("page_permissions", HEADERS[_PERMISSIONS])
        response.headers.update({**HEADERS, _POLICY: policy, _PERMISSIONS: permissions})
        if secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT_SECURITY
        # An address that this answer to a form leads to would be the form's, empty.
        if onion and request.method == "GET" and request.scheme == "https":
            response.headers["Onion-Location"] = _same_page(onion)
        for name in ("Server", "ETag", "Last-Modified"):
            response.headers.pop(name, None)
        return response


def _same_page(onion: str) -> str:
    query = quote(request.query_string, safe="=&%+")
    return f"http://{onion}{quote(request.path)}{'?' if query else ''}{query}"
