"""What the HTTP server loads."""

from cases.database import Database
from reviewer.application import create_console
from web.clock import SystemClock
from web.services import build_services
from web.settings import Audience, from_environment

_settings = from_environment(Audience.CONSOLE)
app = create_console(build_services(_settings, Database(_settings.database_url), SystemClock()))
