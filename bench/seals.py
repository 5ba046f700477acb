"""Sealed boxes and envelopes against bare libsodium."""

import os
from collections.abc import Iterator

from nacl.public import PrivateKey, SealedBox

from bench.figures import Beside, Figure, Kind
from bench.scale import Scale
from bench.timing import rates
from crypto import envelope, sealed_box
from crypto.keys import CasePrivateKey, MailboxPrivateKey, Seed
from crypto.labels import Context, Purpose

GROUP = "Sealing (one core)"
SECRET = 32
MESSAGE = 2000


def measure(scale: Scale) -> Iterator[Figure]:
    """Ours and bare libsodium, taking turns."""
    yield from _boxes(scale)
    yield from _envelopes(scale)


def _boxes(scale: Scale) -> Iterator[Figure]:
    key, bare = CasePrivateKey(Seed.generate()), PrivateKey.generate()
    secret, context = os.urandom(SECRET), Context(Purpose.SHEET, (bytes(16),))
    public, bare_seal, bare_open = key.public, SealedBox(bare.public_key), SealedBox(bare)
    ours, theirs = sealed_box.seal(secret, public, context), bare_seal.encrypt(secret)
    measured = rates(
        {
            "seal": lambda: sealed_box.seal(secret, public, context),
            "bare seal": lambda: bare_seal.encrypt(secret),
            "open": lambda: sealed_box.open_sealed(ours, key, context),
            "bare open": lambda: bare_open.decrypt(theirs),
        },
        rounds=scale.rounds,
        seconds=scale.turn_seconds,
    )
    for verb, done in (("seal", "sealed"), ("open", "opened")):
        name = f"hybrid boxes {done} ({SECRET} bytes)"
        yield _against_libsodium(name, measured[verb], measured[f"bare {verb}"])


def _envelopes(scale: Scale) -> Iterator[Figure]:
    case, mailbox = CasePrivateKey(Seed.generate()), MailboxPrivateKey(Seed.generate())
    bare = [PrivateKey.generate() for _ in range(2)]
    payload, context = os.urandom(MESSAGE), Context(Purpose.MESSAGE, (bytes(16), b"1"))
    recipients, bare_seals = (case.public, mailbox.public), [SealedBox(k.public_key) for k in bare]
    bare_open, theirs = SealedBox(bare[0]), bare_seals[0].encrypt(payload)
    ours = envelope.seal(payload, context, recipients)
    measured = rates(
        {
            "seal": lambda: envelope.seal(payload, context, recipients),
            "bare seal": lambda: [box.encrypt(payload) for box in bare_seals],
            "open": lambda: envelope.open_envelope(ours.body, ours.sealed_keys[0], case, context),
            "bare open": lambda: bare_open.decrypt(theirs),
        },
        rounds=scale.rounds,
        seconds=scale.turn_seconds,
    )
    name = f"envelopes of {MESSAGE} bytes sealed to two keys"
    yield _against_libsodium(name, measured["seal"], measured["bare seal"], "two sealed boxes")
    name = f"envelopes of {MESSAGE} bytes opened"
    yield _against_libsodium(name, measured["open"], measured["bare open"])


def _against_libsodium(name: str, ours: float, theirs: float, what: str = "sealed box") -> Figure:
    peer = Beside(Kind.SAME_RUN, f"bare libsodium {what}", theirs)
    return Figure(GROUP, name, ours, "/s", (peer,))
