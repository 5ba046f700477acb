"""Where passkeys of this console live, and what its pages ask a browser for."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request

from cases.actions import passkeys
from cases.actions.enrolment import Enrolling
from cases.actions.passkeys import Ceremony
from cases.actions.signed_in import SignedIn
from crypto.passkeys import Place
from reviewer.office_name import office_name
from web.cookies import browser
from web.database import db
from web.headers import allow_passkeys
from web.services import services

LOCAL = "localhost"


def place_of(origin: str) -> Place | None:
    """Where passkeys of an origin live; None where browsers refuse them.

    They belong to a name, never to an address (Web Authentication, 5.1.2), and are given over TLS
    or to this very machine only. An http onion is neither, and Tor Browser gives none at all.
    """
    origin = origin.rstrip("/").lower()
    parts = urlsplit(origin)
    name = parts.hostname or ""
    if name == LOCAL or (parts.scheme == "https" and not _is_address(name)):
        return Place(name, origin)
    return None


def ceremony() -> Ceremony | None:
    """The browser that asks, at this console; None where it could use no passkey here."""
    place = place_of(request.host_url)
    if place is None:
        return None
    return Ceremony(place, services().settings.secret_key, browser().ensure())


def to_sign_in() -> str:
    """What the sign-in page asks a browser for; empty where there are no passkeys."""
    here = _asking()
    return passkeys.request_options(here, services().now()) if here else ""


def to_add(by: SignedIn) -> str:
    """What a browser is asked to make one more passkey with; empty where it cannot."""
    here, now = _asking(), services().now()
    return passkeys.creation_options(db(), here, by, office_name(), now) if here else ""


def to_enrol(found: Enrolling) -> str:
    """The same for somebody who is enrolling."""
    here, now = _asking(), services().now()
    return passkeys.first_options(found, here, office_name(), now) if here else ""


def _asking() -> Ceremony | None:
    here = ceremony()
    if here is not None:
        allow_passkeys()
    return here


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return not name
    return True
