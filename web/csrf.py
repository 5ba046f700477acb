"""Cross-site requests: a token bound to the browser's cookie token, and `Sec-Fetch-Site`.

With `Referrer-Policy: no-referrer` browsers send `Origin: null` on same-origin form posts, so
Flask-WTF's referrer check would refuse everyone. It is replaced, not merely switched off: every
unsafe request that says where it comes from must come from this origin (Fetch Metadata, W3C;
OWASP CSRF cheat sheet), and every unsafe request must carry the token.
"""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from werkzeug.exceptions import Forbidden

from web.cookies import CSRF_FIELD, browser
from web.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_PAGES = frozenset({"same-origin"})

__all__ = ["CSRFError", "CrossSite", "configure", "csrf_token", "refuse_other_sites"]


class CrossSite(Forbidden):
    """An unsafe request that another site caused."""


def refuse_other_sites(app: Flask) -> None:
    """Refuse what another site sends, before anybody asks who is signed in: a strict cookie does
    not come along from there, and the page of a session that ended shows what was typed."""
    app.before_request(_refuse_other_sites)


def configure(app: Flask, settings: Settings) -> None:
    """Check the token of every unsafe request of this application before its view runs."""
    app.config.update(
        WTF_CSRF_FIELD_NAME=CSRF_FIELD,
        WTF_CSRF_TIME_LIMIT=settings.limits.form_seconds,
        WTF_CSRF_SSL_STRICT=False,  # replaced by _refuse_other_sites
    )
    CSRFProtect(app)
    app.jinja_env.globals["csrf_token"] = csrf_token


def csrf_token() -> str:
    """The token a form must carry; hands the browser a cookie token where it has none."""
    browser().ensure()
    return str(generate_csrf())


def _refuse_other_sites() -> None:
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site in OWN_PAGES
    else:
        allowed = _origin_is_ours(request.headers.get("Origin"))
    if not allowed:
        raise CrossSite


def _origin_is_ours(origin: str | None) -> bool:
    # An old browser sends neither header, or `null` because of our referrer policy: the token
    # alone decides then.
    return origin in (None, "null", request.host_url.rstrip("/"))
