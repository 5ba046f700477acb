"""What an office sets from outside, read once at start and checked.

Everything a component needs is passed to it from here; an application reads nothing else of the
environment.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from cases.saying import said, why
from crypto.kdf import PASSPHRASE_COST, RECEIPT_COST, KdfCost

SECRET_KEY_BYTES = 32
MIB = 1024 * 1024
GIB = 1024 * MIB
# What a page carries of one file, sealed and as text, and the box that takes it off again: a name
# and a folder of 200 letters, of four bytes each.
CARRIED = 3 * 1024
# Version 3 of onion addresses: 35 bytes in base32.
_ONION = re.compile(r"[a-z2-7]{56}\.onion")


class Audience(StrEnum):
    """The two applications; it names the cookie, the secret and the log."""

    PORTAL = "portal"
    CONSOLE = "console"


class SettingsInvalid(Exception):
    """A setting is missing or makes no sense; the text is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes and times in seconds that bound what one visitor can cost."""

    # Larger than every field at its limit, each character percent-encoded from four bytes: a text
    # that is too long comes back to be shortened, and only what no person typed gets a 413.
    body: int = 4 * 1024 * 1024
    # Read and thrown away beyond the limit, so that the browser shows our page and not a reset.
    drain: int = 64 * 1024 * 1024
    # Files with one form: each, all together, and how many; an office sets others.
    file: int = 2 * GIB
    files: int = 4 * GIB
    file_count: int = 1000
    # Text beside files is not percent-encoded: every field at its limit fits several times, and
    # what the page carries of the files that came before, with the longest names there can be.
    text_with_files: int = MIB + 1000 * CARRIED
    # Files over the limit are read up to here and thrown away, for the text that comes after them.
    upload_read: int = 8 * GIB
    # A file up to here is cleaned of hidden data, and shown in the console.
    inspected: int = 64 * MIB
    # A form may stay open for a working day and a night before its CSRF token expires.
    form_seconds: int = 24 * 3600
    # Concurrent Argon2id derivations per process, those that may wait (and half as many in each
    # of the two lanes for who comes back), and how long.
    derivations: int = 2
    derivations_waiting: int = 16
    derivation_wait_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """One application's settings.

    `loopback_cookies` is the one explicit concession to plain HTTP: cookies without `Secure` and
    under another name, refused unless every trusted host is a loopback name.
    """

    audience: Audience
    home: Path
    database_url: str
    evidence_url: str
    secret_key: bytes = field(repr=False)
    trusted_hosts: tuple[str, ...] = ()
    loopback_cookies: bool = False
    receipt_cost: KdfCost = RECEIPT_COST
    passphrase_cost: KdfCost = PASSPHRASE_COST
    limits: Limits = field(default_factory=Limits)
    # Where ClamAV's daemon listens; the console asks it about files. None: no files are scanned.
    clamav_socket: Path | None = None
    # The portal's own onion, which its pages on the open web name. None: it has none.
    onion: str | None = None

    def __post_init__(self) -> None:
        if len(self.secret_key) != SECRET_KEY_BYTES:
            raise SettingsInvalid(
                said("the secret key must be %(count)s bytes", count=SECRET_KEY_BYTES)
            )
        if not self.trusted_hosts:
            raise SettingsInvalid(
                said("set ZEGEL_TRUSTED_HOSTS to the names by which people reach this application")
            )
        if self.onion and not _ONION.fullmatch(self.onion):
            raise SettingsInvalid(said("ZEGEL_ONION must be 56 letters and digits, then .onion"))
        if self.onion and self.onion not in self.trusted_hosts:
            raise SettingsInvalid(
                said("ZEGEL_ONION: add %(onion)s to ZEGEL_TRUSTED_HOSTS", onion=self.onion)
            )
        if self.loopback_cookies and not all(map(_is_loopback, self.trusted_hosts)):
            raise SettingsInvalid(
                said(
                    "ZEGEL_LOOPBACK_COOKIES=1 is for 127.0.0.1 and localhost only: "
                    "set ZEGEL_TRUSTED_HOSTS to those, or serve over HTTPS or an onion"
                )
            )

    @property
    def cookie_name(self) -> str:
        """`__Host-` binds the cookie to one host over a secure channel (RFC 6265bis)."""
        if self.loopback_cookies:
            return f"zegel-{self.audience}-loopback"
        return f"__Host-zegel-{self.audience}"

    @property
    def roster_folder(self) -> Path:
        """Where the signed rosters and the pin of the first one lie."""
        return self.home / "roster"


def home_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder with the office's data: `ZEGEL_HOME`, or `var` below the working folder."""
    return Path(environment.get("ZEGEL_HOME", "var")).absolute()


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """`ZEGEL_DATABASE_URL`, or the embedded SQLite file in the home folder."""
    default = f"sqlite:///{home_folder(environment) / 'zegel.sqlite'}"
    return environment.get("ZEGEL_DATABASE_URL", default)


def evidence_url(environment: Mapping[str, str] = os.environ) -> str:
    """`ZEGEL_EVIDENCE_URL`, or the folder `evidence` in the home folder."""
    default = (home_folder(environment) / "evidence").as_uri()
    return environment.get("ZEGEL_EVIDENCE_URL", default)


def secret_key_file(audience: Audience, environment: Mapping[str, str] = os.environ) -> Path:
    """Where one application's key for signing form tokens lies (32 bytes, mode 0600)."""
    default = home_folder(environment) / "secrets" / f"{audience}.key"
    return Path(environment.get("ZEGEL_SECRET_KEY_FILE", default))


def from_environment(audience: Audience, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of one application. Raises SettingsInvalid with one line."""
    hosts = environment.get("ZEGEL_TRUSTED_HOSTS", "")
    return Settings(
        audience=audience,
        home=home_folder(environment),
        database_url=database_url(environment),
        evidence_url=evidence_url(environment),
        secret_key=_read_secret(secret_key_file(audience, environment)),
        trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        loopback_cookies=environment.get("ZEGEL_LOOPBACK_COOKIES") == "1",
        limits=_limits(environment),
        clamav_socket=_clamav_socket(environment),
        # Never of the console: that it exists is nobody's business.
        onion=environment.get("ZEGEL_ONION") or None if audience is Audience.PORTAL else None,
    )


def _clamav_socket(environment: Mapping[str, str]) -> Path | None:
    found = environment.get("ZEGEL_CLAMAV_SOCKET", "")
    return Path(found) if found else None


def _limits(environment: Mapping[str, str]) -> Limits:
    usual = Limits()
    files = MIB * _whole(environment, "ZEGEL_FILES_LIMIT_MIB", usual.files // MIB)
    count = _whole(environment, "ZEGEL_FILE_COUNT", usual.file_count)
    return Limits(
        file=MIB * _whole(environment, "ZEGEL_FILE_LIMIT_MIB", usual.file // MIB),
        files=files,
        file_count=count,
        text_with_files=MIB + count * CARRIED,
        upload_read=2 * files,
    )


def _whole(environment: Mapping[str, str], name: str, usual: int) -> int:
    typed = environment.get(name, str(usual))
    if not (typed.isascii() and typed.isdigit() and int(typed) > 0):
        raise SettingsInvalid(
            said(
                "%(name)s must be a whole number above 0, and is %(typed)s",
                name=name,
                typed=repr(typed),
            )
        )
    return int(typed)


def _read_secret(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SettingsInvalid(
            said("cannot read the secret key %(path)s: %(why)s", path=path, why=why(problem))
        ) from None


def _is_loopback(host: str) -> bool:
    return urlsplit(f"//{host}").hostname in {"127.0.0.1", "localhost", "::1"}
