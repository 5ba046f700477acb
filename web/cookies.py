"""The one cookie of each application: a random token and nothing else.

A form page hands out a token that is in no table: it binds the form's CSRF token and the receipt
code of what is sent. Signing in replaces it by the token of a session row. So no page sets a
cookie before one is needed, and no GET writes to the database.
"""

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin

from crypto.errors import Malformed
from crypto.session import SessionToken
from web.settings import Settings

CSRF_FIELD = "csrf_token"


class TokenSession(dict[str, str], SessionMixin):
    """Flask's session as Flask-WTF sees it: one entry, derived from the token."""

    def __init__(self, token: SessionToken | None) -> None:
        super().__init__()
        self.changed = False
        self.ended = False
        self._hold(token)

    @property
    def token(self) -> SessionToken | None:
        """The token the browser has, or will get with this response."""
        return self._token

    def ensure(self) -> SessionToken:
        """The token, made now where the browser has none."""
        if self._token is None:
            self.replace(SessionToken.generate())
        assert self._token is not None  # noqa: S101 - narrows the type after replace()
        return self._token

    def replace(self, token: SessionToken) -> None:
        """Hand out another token: at sign-in, and after a form whose work is done."""
        self.changed, self.ended = True, False
        self._hold(token)

    def end(self) -> None:
        """Tell the browser to forget the token."""
        self.changed, self.ended = True, True
        self._hold(None)

    def _hold(self, token: SessionToken | None) -> None:
        self.clear()
        self._token = token
        if token is not None:
            self[CSRF_FIELD] = token.csrf_secret


class TokenSessionInterface(SessionInterface):
    """Reads and writes the token's cookie: session-only, HttpOnly, SameSite=Strict, `__Host-`."""

    def __init__(self, settings: Settings) -> None:
        self._name = settings.cookie_name
        self._secure = not settings.loopback_cookies

    def open_session(self, app: Flask, request: Request) -> TokenSession:
        return TokenSession(_parse(request.cookies.get(self._name)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, TokenSession) or not session.changed:
            return
        value = "" if session.token is None else session.token.text
        response.set_cookie(
            self._name,
            value,
            max_age=0 if session.ended else None,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Strict",
        )


def browser() -> TokenSession:
    """The token of the browser that asks."""
    found = session._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy
    assert isinstance(found, TokenSession)  # noqa: S101 - the interface above made it
    return found


def _parse(value: str | None) -> SessionToken | None:
    if not value:
        return None
    try:
        return SessionToken.from_text(value)
    except Malformed:
        return None
