"""Firefox ESR as Tor Browser sets it up, at its safest level: the nearest to it that Debian has.

The preferences are those of Tor Browser's own profile (000-tor-browser.js, 001-base-profile.js of
tor-browser.git) that change what a page, a form or a cookie does, and what 'Safest' switches off.
What Tor Browser patches in Firefox is not here. Chromium will not do in its place: it drops
`__Host-` cookies on an onion, as Firefox does without the preference that makes onions secure.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tests.support.served import LOOPBACK

Preference = bool | int | str

_OF_TOR_BROWSER: Mapping[str, Preference] = MappingProxyType(
    {
        "network.proxy.type": 1,
        "network.proxy.socks": LOOPBACK,
        "network.proxy.socks_remote_dns": True,
        "network.proxy.no_proxies_on": "",
        "network.proxy.allow_hijacking_localhost": True,
        "network.proxy.failover_direct": False,
        "network.dns.blockDotOnion": False,
        "network.dns.disabled": True,
        "network.trr.mode": 5,
        "network.http.http3.enable": False,
        "network.http.speculative-parallel-limit": 0,
        "network.http.referer.hideOnionSource": True,
        "network.prefetch-next": False,
        "network.predictor.enabled": False,
        "dom.securecontext.allowlist_onions": True,
        "dom.security.https_only_mode": True,
        "dom.security.https_only_mode.upgrade_onion": False,
        "browser.privatebrowsing.autostart": True,
        "browser.cache.disk.enable": False,
        "privacy.resistFingerprinting": True,
        "privacy.resistFingerprinting.letterboxing": True,
        "privacy.spoof_english": 2,
        "privacy.firstparty.isolate": True,
        "signon.rememberSignons": False,
        "browser.formfill.enable": False,
        "media.peerconnection.enabled": False,
    }
)
_SAFEST: Mapping[str, Preference] = MappingProxyType(
    {
        "javascript.enabled": False,
        "svg.disabled": True,
        "mathml.disabled": True,
        "gfx.font_rendering.graphite.enabled": False,
        "gfx.font_rendering.opentype_svg.enabled": False,
        "media.webaudio.enabled": False,
        "webgl.disabled": True,
    }
)
# Firefox would ask Mozilla for this and that; through our network it would only wait.
_QUIET: Mapping[str, Preference] = MappingProxyType(
    {
        "app.normandy.enabled": False,
        "app.update.enabled": False,
        "browser.safebrowsing.malware.enabled": False,
        "browser.safebrowsing.phishing.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "extensions.update.enabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "services.settings.server": "",
        "toolkit.telemetry.enabled": False,
    }
)


def preferences(socks: int) -> dict[str, Preference]:
    """All of them, for the SOCKS port of a tor on this machine."""
    return {**_OF_TOR_BROWSER, **_SAFEST, **_QUIET, "network.proxy.socks_port": socks}
