"""The headers of every response, both applications. Sources: OWASP Secure Headers Project,
SecureDrop's and GlobaLeaks' published configurations, and measurement in browsers."""

from flask import Flask, Response

# No script at all, no image, no third party. `sandbox` without allow-scripts also disarms what a
# future mistake might let in. No upgrade-insecure-requests: on an http onion it breaks the page.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "sandbox allow-forms allow-same-origin allow-downloads",
    )
)

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
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "web-share",
    "xr-spatial-tracking",
)

_POLICY = "Content-Security-Policy"
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
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _SWITCHED_OFF),
}

STRICT_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"
# What a browser must forget when a person leaves (W3C Clear Site Data).
FORGET_EVERYTHING = '"cache", "cookies", "storage"'
# For the console, whose browser keeps one cookie on purpose (reviewer/devices.py).
FORGET_PAGES = '"cache", "storage"'


def configure(app: Flask, *, secure: bool) -> None:
    """Put the headers on every response; HSTS only where the application is served securely.

    Over an onion's plain HTTP a browser ignores HSTS (RFC 6797, 8.1), so one value serves both.
    """

    @app.after_request
    def add(response: Response) -> Response:
        is_file = response.headers.get(_POLICY) == FILE_SECURITY_POLICY
        response.headers.update(HEADERS)
        if is_file:
            response.headers[_POLICY] = FILE_SECURITY_POLICY
        if secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT_SECURITY
        for name in ("Server", "ETag", "Last-Modified"):
            response.headers.pop(name, None)
        return response
