"""BENCHMARKS ONLY: the portal with an Argon2id that costs next to nothing.

Served beside the real portal to see what a submission costs apart from Argon2id. Receipt codes of
this portal do not work on any other: the cost is part of what a code becomes.
"""

from dataclasses import replace

from cases.database import Database
from crypto.kdf import KdfCost
from portal.application import create_portal
from web.clock import SystemClock
from web.services import build_services
from web.settings import Audience, from_environment

NEXT_TO_NOTHING = KdfCost(memory_kib=8, iterations=1, lanes=1)

_settings = replace(from_environment(Audience.PORTAL), receipt_cost=NEXT_TO_NOTHING)
app = create_portal(build_services(_settings, Database(_settings.database_url), SystemClock()))
