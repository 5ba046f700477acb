"""gunicorn's settings of the product, with a shorter patience and fewer threads to hold."""

from web import visitor_socket
from web.gunicorn_settings import *  # noqa: F403 - the same settings

visitor_socket.GRACE_SECONDS = 1.0
threads = 2
