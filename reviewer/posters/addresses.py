"""Addresses on paper: nobody can correct one that is printed wrong."""

import re
from base64 import b32decode
from hashlib import sha3_256
from urllib.parse import urlsplit

_SITE = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_ONION = re.compile(r"http://([a-z2-7]{56})\.onion(/[A-Za-z0-9._~/-]*)?")


def is_onion(address: str) -> bool:
    """Whether only Tor Browser opens the address."""
    return (urlsplit(address).hostname or "").endswith(".onion")


def is_public(address: str) -> bool:
    """Whether people can open it from where they are: a site over TLS, or an onion service."""
    if is_onion(address):
        found = _ONION.fullmatch(address)
        return found is not None and _is_whole(found[1])
    return _SITE.fullmatch(address) is not None


def as_typed(address: str) -> str:
    """The address as people type it: without https://, which browsers add, and a last slash."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def _is_whole(name: str) -> bool:
    """Whether the checksum of an onion's name is right (Tor's rend-spec-v3, section 6)."""
    read = b32decode(name.upper())
    key, checksum, version = read[:32], read[32:34], read[34:]
    return checksum == sha3_256(b".onion checksum" + key + version).digest()[:2]
