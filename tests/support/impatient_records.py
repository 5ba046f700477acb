"""gunicorn's settings of the product, where nobody waits long for a locked SQLite file."""

from cases import database
from web.gunicorn_settings import *  # noqa: F403 - the same settings

database._BUSY_TIMEOUT = 500
