"""The portal, but for every page of a language, which fails with the visitor's own words."""

from flask import request

from portal.wsgi import app


class Broken(Exception):
    """A programming error whose text quotes the form, as many do."""


def fail() -> None:
    """Fail, except where the server is asked whether it is well."""
    if request.path != "/healthz":
        raise Broken(f"{request.url} {request.headers} {request.form}")


app.before_request_funcs[None].insert(0, fail)
