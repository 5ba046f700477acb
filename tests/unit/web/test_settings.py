"""What an operator can set, and what is refused at the start."""

from pathlib import Path

import pytest

from cases.domain.attachments import NAME_SIZE, Attachment
from cases.domain.json_fields import to_json
from crypto.held_files import seal_held
from crypto.kdf import PASSPHRASE_COST, RECEIPT_COST
from web.held import Cleaning
from web.settings import MIB, Audience, Limits, Settings, SettingsInvalid, from_environment


def _environment(home: Path, **more: str) -> dict[str, str]:
    secrets = home / "secrets"
    secrets.mkdir(parents=True)
    (secrets / "portal.key").write_bytes(bytes(32))
    return {"ZEGEL_HOME": str(home), "ZEGEL_TRUSTED_HOSTS": "ombuds.example", **more}


def test_the_defaults_are_production(tmp_path: Path) -> None:
    settings = from_environment(Audience.PORTAL, _environment(tmp_path))

    assert settings.database_url == f"sqlite:///{tmp_path / 'zegel.sqlite'}"
    assert settings.evidence_url == f"file://{tmp_path}/evidence"
    assert settings.cookie_name == "__Host-zegel-portal"
    assert (settings.receipt_cost, settings.passphrase_cost) == (RECEIPT_COST, PASSPHRASE_COST)


def test_cookies_without_secure_are_an_explicit_choice_for_loopback(tmp_path: Path) -> None:
    environment = _environment(
        tmp_path, ZEGEL_LOOPBACK_COOKIES="1", ZEGEL_TRUSTED_HOSTS="127.0.0.1, localhost:8000"
    )
    settings = from_environment(Audience.PORTAL, environment)
    assert settings.cookie_name == "zegel-portal-loopback"


@pytest.mark.parametrize("hosts", ["ombuds.example", "127.0.0.1,ombuds.example"])
def test_cookies_without_secure_are_refused_anywhere_else(tmp_path: Path, hosts: str) -> None:
    environment = _environment(tmp_path, ZEGEL_LOOPBACK_COOKIES="1", ZEGEL_TRUSTED_HOSTS=hosts)
    with pytest.raises(SettingsInvalid, match="ZEGEL_TRUSTED_HOSTS"):
        from_environment(Audience.PORTAL, environment)


def test_a_missing_or_short_secret_stops_the_start(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    (tmp_path / "secrets" / "portal.key").write_bytes(b"short")
    with pytest.raises(SettingsInvalid, match="32 bytes"):
        from_environment(Audience.PORTAL, environment)
    with pytest.raises(SettingsInvalid, match=r"console\.key"):
        from_environment(Audience.CONSOLE, environment)


def test_the_secret_is_in_no_representation(tmp_path: Path) -> None:
    secret = b"S" * 32
    hosts = ("ombuds.example",)
    settings = Settings(Audience.PORTAL, tmp_path, "sqlite://", "file:///e", secret, hosts)
    assert "SSSS" not in repr(settings)


def test_an_application_knows_by_which_names_people_reach_it(tmp_path: Path) -> None:
    environment = _environment(tmp_path, ZEGEL_TRUSTED_HOSTS=" , ")
    with pytest.raises(SettingsInvalid, match="ZEGEL_TRUSTED_HOSTS"):
        from_environment(Audience.PORTAL, environment)


def test_files_are_scanned_only_where_a_scanner_is_named(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    scanned = {**environment, "ZEGEL_CLAMAV_SOCKET": "/run/clamav/clamd.ctl"}

    assert from_environment(Audience.PORTAL, environment).clamav_socket is None
    assert from_environment(Audience.PORTAL, scanned).clamav_socket == Path("/run/clamav/clamd.ctl")


ONION = f"{'a' * 55}d.onion"


def test_only_the_portal_names_an_onion(tmp_path: Path) -> None:
    environment = _environment(
        tmp_path, ZEGEL_ONION=ONION, ZEGEL_TRUSTED_HOSTS=f"ombuds.example,{ONION}"
    )
    (tmp_path / "secrets" / "console.key").write_bytes(bytes(32))

    assert from_environment(Audience.PORTAL, environment).onion == ONION
    assert from_environment(Audience.CONSOLE, environment).onion is None


@pytest.mark.parametrize(
    "onion",
    [f"http://{ONION}", "short.onion", ONION.upper(), "ombuds.example"],
)
def test_an_onion_that_is_none_stops_the_start(tmp_path: Path, onion: str) -> None:
    hosts = f"ombuds.example,{onion}"
    environment = _environment(tmp_path, ZEGEL_ONION=onion, ZEGEL_TRUSTED_HOSTS=hosts)

    with pytest.raises(SettingsInvalid, match="56 letters"):
        from_environment(Audience.PORTAL, environment)


def test_an_onion_at_which_nobody_would_be_answered_stops_the_start(tmp_path: Path) -> None:
    environment = _environment(tmp_path, ZEGEL_ONION=ONION)

    with pytest.raises(SettingsInvalid, match="ZEGEL_TRUSTED_HOSTS"):
        from_environment(Audience.PORTAL, environment)


@pytest.mark.parametrize("count", [Limits().file_count, 5000])
def test_a_page_can_bring_back_as_many_files_as_are_allowed_whatever_their_names(
    tmp_path: Path, count: int
) -> None:
    environment = _environment(tmp_path, ZEGEL_FILE_COUNT=str(count))
    limits, longest = from_environment(Audience.PORTAL, environment).limits, "😀" * NAME_SIZE
    key, media_type = bytes(32), "application/" + "x" * 80
    file = Attachment(bytes(16), longest, media_type, limits.file, key, key, longest, True)

    fields = {**file.fields(), "cleaning": Cleaning.NOT_ASKED.value}
    carried = seal_held(to_json({"version": 1, "files": [fields] * count}), key, "portal")

    assert len(carried) + MIB < limits.text_with_files
