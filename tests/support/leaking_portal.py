"""The portal, but for the class of its requests: Werkzeug's own spools files above 500 kB."""

from flask import Request

from portal.wsgi import app

app.request_class = Request
