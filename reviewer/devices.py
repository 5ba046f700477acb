"""The browsers in which somebody signed in before (OWASP's device cookie).

The cookie names one login and a random device, signed; it proves nothing but that this browser
was once signed in under that login. Failures in such a browser are counted apart from those of
strangers, so that a stranger cannot keep a colleague waiting by failing on purpose.
"""

import secrets

from flask import Request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from cases.domain.logins import folded_login
from web.settings import Settings

KEPT_SECONDS = 180 * 24 * 3600
_SALT = "zegel/v1/console/device"


def known_device(request: Request, settings: Settings, login: str) -> str:
    """The device of this browser if the login signed in here before, else an empty text."""
    try:
        signed_login, device = _signer(settings).loads(request.cookies.get(_name(settings), ""))
    except (BadSignature, ValueError, TypeError):
        return ""
    return str(device) if signed_login == folded_login(login) else ""


def remember_device(response: Response, request: Request, settings: Settings, login: str) -> None:
    """Let the browser keep a device for the login that has just signed in."""
    device = known_device(request, settings, login) or secrets.token_hex(16)
    response.set_cookie(
        _name(settings),
        _signer(settings).dumps([folded_login(login), device]),
        max_age=KEPT_SECONDS,
        path="/",
        secure=not settings.loopback_cookies,
        httponly=True,
        samesite="Strict",
    )


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key, salt=_SALT)


def _name(settings: Settings) -> str:
    return f"{settings.cookie_name}-device"
