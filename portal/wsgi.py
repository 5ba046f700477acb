"""What the HTTP server loads."""

from cases.database import Database
from portal.application import create_portal
from web.clock import SystemClock
from web.services import build_services
from web.settings import Audience, from_environment

_settings = from_environment(Audience.PORTAL)
app = create_portal(build_services(_settings, Database(_settings.database_url), SystemClock()))
