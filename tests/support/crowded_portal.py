"""The portal with a crowd at its gate that lets nobody in who comes for the first time."""

from dataclasses import replace
from threading import Event

from cases.database import Database
from portal.application import create_portal
from tests.support.crowd import ONE_EACH, gather
from web.clock import SystemClock
from web.services import build_services
from web.settings import Audience, from_environment

_settings = replace(from_environment(Audience.PORTAL), limits=ONE_EACH)
_services = build_services(_settings, Database(_settings.database_url), SystemClock())
app = create_portal(_services)
gather(_services.kdf_gate.gate, Event())
