"""The frame of both applications: a list of short steps, each in its own room."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse

from flask import Blueprint, Flask
from jinja2 import ChoiceLoader, PackageLoader, StrictUndefined

from web import (
    access,
    assets,
    cookies,
    csrf,
    errors,
    files_field,
    headers,
    health,
    i18n,
    logs,
    requests,
    uploads,
    waiting,
)
from web.access import Authorise
from web.page_logo import logo_context
from web.services import EXTENSION, Services, services_of

LANGUAGE_PREFIX = f"/<any({', '.join(i18n.LANGUAGES)}):language>"


class Application(Flask):
    """Flask under the scheme by which people come, and without exception texts in its log."""

    def wsgi_app(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request. No header decides the scheme: a stranger could send it."""
        if not services_of(self).settings.loopback_cookies:
            environ["wsgi.url_scheme"] = public_scheme(environ.get("HTTP_HOST", ""))
        return super().wsgi_app(environ, start_response)

    def log_exception(self, exc_info: object) -> None:
        """Nothing here: `web.errors` records the failure."""


def public_scheme(host: str) -> str:
    """How people reach a host: over TLS, or inside an onion's own encryption."""
    name = urlsplit(f"//{host}").hostname or ""
    return "http" if name.endswith(".onion") else "https"


def create_application(
    package: str,
    services: Services,
    pages: Sequence[Blueprint],
    unprefixed: Sequence[Blueprint] = (),
    authorise: Authorise = access.nobody,
    context: Callable[[], dict[str, object]] = dict,
) -> Flask:
    """An application whose `pages` live under a language and whose every view is declared.

    `package` brings the templates; `context` the values its templates need on every page.
    """
    app = Application(package, static_folder=None)
    settings = services.settings
    app.secret_key = settings.secret_key
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    app.extensions[EXTENSION] = services
    app.session_interface = cookies.TokenSessionInterface(settings)
    _configure_templates(app, package, context)
    logs.configure(settings.audience, services.clock)
    i18n.configure(app)
    for blueprint in (assets.blueprint, health.blueprint, *unprefixed):
        app.register_blueprint(blueprint)
    for blueprint in pages:
        app.register_blueprint(blueprint, url_prefix=LANGUAGE_PREFIX)
    app.before_request(services.keep_up_with_rosters)
    app.teardown_request(lambda failure: services.pressure.write_when_due())
    requests.configure(app, settings.limits)
    csrf.refuse_other_sites(app)
    access.configure(app, authorise)
    # After asking who it is: nobody else's file is worth a byte.
    uploads.configure(app)
    csrf.configure(app, settings)
    logo = services.look.logo is not None
    headers.configure(app, secure=not settings.loopback_cookies, onion=settings.onion, logo=logo)
    errors.configure(app)
    return app


def _configure_templates(
    app: Flask, package: str, context: Callable[[], dict[str, object]]
) -> None:
    app.jinja_loader = ChoiceLoader([PackageLoader(package), PackageLoader("web")])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.pop("config")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(files_field.words() | waiting.words())
    app.context_processor(logo_context)
    app.context_processor(context)
