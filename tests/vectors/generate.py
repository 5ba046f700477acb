"""Make the vectors of Zegel's own formats: ``python -m tests.vectors.generate``.

A file that exists is left as it is: what was sealed once must open for ever. A new version of a
format gets a new file beside the old one. Seeds and ids are SHA-256 of their names; nonces and
ephemeral keys are random, so a second run would make other ciphertexts of the same plaintexts.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from crypto import (
    aead,
    envelope,
    grants,
    held_files,
    identity,
    padding,
    passkey_challenges,
    passphrase,
    personal,
    roster,
    roster_payload,
    sealed_box,
    search_words,
    secret_sharing,
    session,
    stream,
    strict_json,
)
from crypto.errors import CryptoError, RosterRejected, SharesRejected
from crypto.hybrid import X25519_SIZE
from crypto.kdf import PASSPHRASE_COST, RECEIPT_COST, KdfCost
from crypto.keys import (
    IntakePrivateKey,
    PersonalPrivateKey,
    RecoveryPrivateKey,
    Seed,
)
from crypto.labels import Context, Purpose
from tests.vectors.operations import OPERATIONS, PRIVATE

HERE = Path(__file__).parent

Inputs = dict[str, Any]
Case = tuple[str, str, Inputs]  # name, operation, inputs


def named(name: str, length: int = 32) -> bytes:
    """Bytes that anyone can make again from their name."""
    return sha256(b"zegel vector " + name.encode("utf-8")).digest()[:length]


def flipped(sealed: bytes, at: int) -> bytes:
    """The bytes with the lowest bit of one of them flipped."""
    at %= len(sealed)
    return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]


def contexts() -> Iterator[Case]:
    for name, purpose, parts in (
        ("no parts", Purpose.INTAKE_GRANT, ()),
        ("one part", Purpose.SHEET, (b"case",)),
        ("two parts", Purpose.MESSAGE, (b"ab", b"c")),
        ("two other parts of the same bytes", Purpose.MESSAGE, (b"a", b"bc")),
        ("an empty part", Purpose.MESSAGE, (b"", b"abc")),
    ):
        yield name, "encode_context", {"purpose": purpose, "parts": [p.hex() for p in parts]}


def keys() -> Iterator[Case]:
    seed = named("key")
    for kind in ("intake", "case", "mailbox", "recovery", "personal"):  # consultation: below
        yield f"the {kind} key of a seed", "derive_key", {"kind": kind, "seed": seed.hex()}
    encoded = PRIVATE["intake"](Seed(seed)).public.to_bytes()
    for name, kind, changed in (
        ("an intake key", "intake", encoded),
        ("an intake key where a mailbox key is expected", "mailbox", encoded),
        ("an unknown version", "intake", b"\x02" + encoded[1:]),
        ("one byte less", "intake", encoded[:-1]),
        ("one byte more", "intake", encoded + b"\x00"),
        ("an X25519 half of small order", "intake", encoded[:2] + bytes(32) + encoded[34:]),
        ("ML-KEM coefficients out of range", "intake", encoded[:34] + b"\xff" * 1184),
        ("nothing", "intake", b""),
    ):
        yield name, "parse_public_key", {"kind": kind, "encoded": changed.hex()}


def signatures() -> Iterator[Case]:
    for payload in (b"", b"payload"):
        inputs = {"seed": named("signer").hex(), "payload": payload.hex()}
        yield f"{len(payload)} bytes signed as a roster", "sign_payload", inputs


def buckets() -> Iterator[Case]:
    for length in (0, 1, 1020, 1021, 2044, 2045, 100_000, 16_777_212):
        yield f"{length} bytes", "padded_length", {"length": length}
    full, some = padding.pad(b"x" * 1020), padding.pad(b"payload")
    for name, padded in (
        ("a full bucket", full),
        ("a short payload", some),
        ("no payload", padding.pad(b"")),
        ("filling that is not zero", flipped(some, -1)),
        ("a length beyond the bucket", b"\x00\x00\x03\xfd" + full[4:]),
        ("a bucket larger than the payload's", some + bytes(1024)),
        ("no bucket", some[:-1]),
        ("nothing", b""),
    ):
        yield name, "unpad", {"padded": padded.hex()}


def sealed_boxes() -> Iterator[Case]:
    seed, parts = named("box"), ("63617365",)
    context = Context(Purpose.NOTE, (b"case",))
    good = {"kind": "case", "seed": seed.hex(), "purpose": Purpose.NOTE, "parts": list(parts)}
    to = PRIVATE["case"](Seed(seed)).public
    box = sealed_box.seal(named("secret"), to, context)
    empty = sealed_box.seal(b"", to, context)
    other = PRIVATE["case"](Seed(named("other"))).public
    half = replace(to, raw=other.raw[:X25519_SIZE] + to.raw[X25519_SIZE:])
    other_half = replace(to, raw=to.raw[:X25519_SIZE] + other.raw[X25519_SIZE:])
    for name, changes in (
        ("32 bytes", {"box": box}),
        ("only the ML-KEM half is right", {"box": sealed_box.seal(b"", half, context)}),
        ("only the X25519 half is right", {"box": sealed_box.seal(b"", other_half, context)}),
        ("no bytes", {"box": empty}),
        ("another seed", {"box": box, "seed": named("other").hex()}),
        ("another kind of key", {"box": box, "kind": "mailbox"}),
        ("another purpose", {"box": box, "purpose": Purpose.SHEET}),
        ("another part", {"box": box, "parts": [b"cas".hex()]}),
        ("a bit of the ML-KEM ciphertext flipped", {"box": flipped(box, 1)}),
        ("a bit of the last byte flipped", {"box": flipped(box, -1)}),
        ("one byte less", {"box": box[:-1]}),
        ("one byte more", {"box": box + b"\x00"}),
        ("an unknown version", {"box": b"\x02" + box[1:]}),
        ("shorter than any box", {"box": box[:1152]}),
        ("nothing", {"box": b""}),
    ):
        yield name, "open_sealed", good | changes | {"box": changes["box"].hex()}


def granted() -> Iterator[Case]:
    seed, case_id, holder = Seed(named("case")), named("case id", 16), named("holder")
    for kind in ("intake", "personal", "recovery"):
        box = grants.grant_case(seed, case_id, PRIVATE[kind](Seed(holder)).public)
        good = {"kind": kind, "seed": holder.hex(), "box": box.hex(), "case_id": case_id.hex()}
        yield f"a case granted to the {kind} key", "open_case_grant", good
        yield f"another case, {kind}", "open_case_grant", good | {"case_id": "00" * 16}
        other = "personal" if kind == "intake" else "intake"
        yield f"opened as {other}, {kind}", "open_case_grant", good | {"kind": other}
    intake = grants.grant_intake(seed, PersonalPrivateKey(Seed(holder)).public)
    good = {"kind": "personal", "seed": holder.hex(), "box": intake.hex()}
    yield "the intake key granted to a person", "open_intake_grant", good
    yield "another person", "open_intake_grant", good | {"seed": named("other").hex()}
    as_case = good | {"case_id": case_id.hex()}
    yield "an intake grant opened as a case grant", "open_case_grant", as_case


def envelopes() -> Iterator[Case]:
    case_id, case, mailbox = named("case id", 16), named("case"), named("mailbox")
    context = Context(Purpose.MESSAGE, (case_id, b"\x00\x00\x00\x01"))
    recipients = [PRIVATE["case"](Seed(case)).public, PRIVATE["mailbox"](Seed(mailbox)).public]
    payload = b"Il y a eu une fraude. Er was fraude."
    sealed = envelope.seal(payload, context, recipients)
    again = envelope.seal(payload, context, recipients)
    to_case = {
        "kind": "case",
        "seed": case.hex(),
        "purpose": Purpose.MESSAGE,
        "parts": [part.hex() for part in context.parts],
        "body": sealed.body.hex(),
        "sealed_key": sealed.sealed_keys[0].hex(),
    }
    to_mailbox = {"kind": "mailbox", "seed": mailbox.hex()}

    def forged(commitment: bytes = bytes(32), padded: bytes = padding.pad(payload)) -> Inputs:
        content_key, associated = named("content key"), b"\x01" + context.encode()
        key_context = Context(Purpose.ENVELOPE_KEY, (context.encode(),))
        body = b"\x01" + aead.encrypt(content_key, commitment + padded, associated)
        sealed_key = sealed_box.seal(content_key, recipients[0], key_context)
        return {"body": body.hex(), "sealed_key": sealed_key.hex()}

    later = [case_id.hex(), "00000002"]
    for name, changes in (
        ("read by the case", {}),
        ("read by the mailbox", to_mailbox | {"sealed_key": sealed.sealed_keys[1].hex()}),
        ("the other recipient's sealed key", to_mailbox),
        ("another position", {"parts": later}),
        ("another purpose", {"purpose": Purpose.NOTE}),
        ("the sealed key of another envelope", {"sealed_key": again.sealed_keys[0].hex()}),
        ("a bit of the nonce flipped", {"body": flipped(sealed.body, 1).hex()}),
        ("a bit of the tag flipped", {"body": flipped(sealed.body, -1).hex()}),
        ("one byte less", {"body": sealed.body[:-1].hex()}),
        ("one byte more", {"body": sealed.body.hex() + "00"}),
        ("an unknown version", {"body": "02" + sealed.body[1:].hex()}),
        ("an empty body", {"body": ""}),
        ("no commitment to the content key", forged(commitment=b"\x01" + bytes(31))),
        ("filling that is not zero", forged(padded=flipped(padding.pad(payload), -1))),
    ):
        yield name, "open_envelope", to_case | changes


def streams() -> Iterator[Case]:
    for size in (0, 1, 1024, 1025, 65_535, 65_536, 65_537, 100_000, 2**31, 2**31 + 1):
        yield f"the padded length of {size} bytes", "padme", {"size": size}
    key, context = stream.StreamKey(named("file")), Context(Purpose.EVIDENCE, (named("id", 16),))
    good = {
        "key": key.raw.hex(),
        "purpose": context.purpose,
        "parts": [part.hex() for part in context.parts],
    }
    text = b"Bijlage. Annexe."
    short = _stream(text, key, context)
    for name, changes in (
        ("a short file", {}),
        ("an empty file", {"sealed": _stream(b"", key, context), "size": 0}),
        ("another key", {"key": named("other").hex()}),
        ("another file's id", {"parts": [named("other", 16).hex()]}),
        ("another purpose", {"purpose": Purpose.MESSAGE}),
        ("a smaller size", {"size": len(text) - 1}),
        ("a larger size of the same padded length", {"size": len(text) + 1}),
        ("a size of another padded length", {"size": 2000}),
        ("a bit of the header flipped", {"sealed": flipped(short, 1)}),
        ("a bit of the padding flipped", {"sealed": flipped(short, -20)}),
        ("a bit of the tag flipped", {"sealed": flipped(short, -1)}),
        ("one byte less", {"sealed": short[:-1]}),
        ("one byte more", {"sealed": short + b"\x00"}),
        ("an unknown version", {"sealed": b"\x02" + short[1:]}),
        ("half a header", {"sealed": short[:12]}),
        ("nothing", {"sealed": b""}),
        ("padding that is not zero", {"sealed": _stream(text + b"x", key, context)}),
    ):
        vector = good | {"sealed": short, "size": len(text)} | changes
        yield name, "open_stream", vector | {"sealed": vector["sealed"].hex()}
    long = _stream(bytes(range(256)) * 750, key, context)
    (HERE / "stream.bin").write_bytes(long)
    yield from _pieces_of_a_stream(good | {"file": "stream.bin", "size": 256 * 750}, len(long))


def _stream(text: bytes, key: stream.StreamKey, context: Context) -> bytes:
    sealer = stream.Sealer(key, context)
    return sealer.header + sealer.push(text) + b"".join(sealer.finish())


def _pieces_of_a_stream(good: Inputs, end: int) -> Iterator[Case]:
    piece = stream.PIECE_SIZE + stream.PIECE_OVERHEAD
    header, first, second, last = (
        [0, stream.HEADER_SIZE],
        *([stream.HEADER_SIZE + n * piece, stream.HEADER_SIZE + (n + 1) * piece] for n in (0, 1)),
        [stream.HEADER_SIZE + 2 * piece, end],
    )
    for name, ranges in (
        ("three pieces", [header, first, second, last]),
        ("two pieces swapped", [header, second, first, last]),
        ("a piece twice", [header, first, first, last]),
        ("a piece left out", [header, first, last]),
        ("the last piece left out", [header, first, second]),
        ("the last piece twice", [header, first, second, last, last]),
        ("the last piece cut", [header, first, second, [last[0], end - 1]]),
    ):
        yield name, "open_stream", good | {"ranges": ranges}
    cut = {"ranges": [header, first, second], "size": 2 * stream.PIECE_SIZE}
    yield "cut between pieces, with the size that this would have", "open_stream", good | cut


WORDS = [
    "abricot",
    "boom",
    "brücke",
    "cathedral",
    "elf",
    "fenêtre",
    "gans",
    "haus",
    "ijsje",
    "jardin",
]
FOLDED_WORDS = [
    "ABRICOT",
    "boom",
    "brucke",
    "cathedral",
    "elf",
    "fenetre",
    "gans",
    "haus",
    "ijsje",
    "jardin",
]
CODE_COST = {
    "memory_kib": RECEIPT_COST.memory_kib,
    "iterations": RECEIPT_COST.iterations,
    "lanes": RECEIPT_COST.lanes,
}


def receipts() -> Iterator[Case]:
    draft, binding = named("draft").hex(), named("binding").hex()
    for language, size in (("nl", 7776), ("fr", 7776), ("nl", 8192), ("nl", 40_000)):
        inputs = {"draft": draft, "binding": binding, "language": language, "size": size}
        yield f"drawn in {language} from {size} words", "draw_indices", inputs
    short = {"draft": draft[2:], "binding": binding, "language": "nl", "size": 7776}
    yield "a draft of 31 bytes", "draw_indices", short
    for name, words in (
        ("ten words", WORDS),
        ("the same words, other spelling", FOLDED_WORDS),
        ("other order", WORDS[::-1]),
        ("nine words", WORDS[:9]),
    ):
        yield name, "derive_receipt", {"words": words} | CODE_COST


def consultations() -> Iterator[Case]:
    consultation_id = named("consultation", 16)
    good = {"words": WORDS, "consultation_id": consultation_id.hex()} | CODE_COST
    for name, changes in (
        ("ten words", {}),
        ("the same words, other spelling", {"words": FOLDED_WORDS}),
        ("other order", {"words": WORDS[::-1]}),
        ("another consultation", {"consultation_id": named("other", 16).hex()}),
        ("nine words", {"words": WORDS[:9]}),
        ("an id of 15 bytes", {"consultation_id": consultation_id[:15].hex()}),
        ("no id", {"consultation_id": ""}),
    ):
        yield name, "derive_consultation", good | changes
    seed = named("consultation key")
    yield "its key", "derive_key", {"kind": "consultation", "seed": seed.hex()}
    encoded = PRIVATE["consultation"](Seed(seed)).public.to_bytes().hex()
    for kind in ("consultation", "mailbox", "case"):
        yield f"read as a {kind} key", "parse_public_key", {"kind": kind, "encoded": encoded}
    yield from _consultation_envelopes(Seed(seed), consultation_id)


def _consultation_envelopes(seed: Seed, consultation_id: bytes) -> Iterator[Case]:
    case = Seed(named("case"))
    to = [PRIVATE["case"](case).public, PRIVATE["consultation"](seed).public]
    context = Context(Purpose.CONSULTATION_MESSAGE, (consultation_id, b"\x00\x00\x00\x01"))
    sealed = envelope.seal(b"Envoyez le dossier. Stuur het dossier.", context, to)
    good = {
        "kind": "consultation",
        "seed": seed.raw.hex(),
        "purpose": context.purpose,
        "parts": [part.hex() for part in context.parts],
        "body": sealed.body.hex(),
        "sealed_key": sealed.sealed_keys[1].hex(),
    }
    by_case = {"kind": "case", "seed": case.raw.hex(), "sealed_key": sealed.sealed_keys[0].hex()}
    for name, changes in (
        ("read by the service", {}),
        ("read by the office", by_case),
        ("another passphrase", {"seed": named("other").hex()}),
        ("a mailbox key of the same seed", {"kind": "mailbox"}),
        ("another consultation's message", {"parts": [named("other", 16).hex(), "00000001"]}),
        ("another position", {"parts": [consultation_id.hex(), "00000002"]}),
        ("opened as a record", {"purpose": Purpose.CONSULTATION_RECORD}),
        ("opened as a message of the mailbox", {"purpose": Purpose.MESSAGE}),
        ("a bit of the body flipped", {"body": flipped(sealed.body, -1).hex()}),
        ("one byte less", {"body": sealed.body[:-1].hex()}),
    ):
        yield name, "open_envelope", good | changes


def passphrases() -> Iterator[Case]:
    owner, secret = named("person", 16), "une phrase de passe très longue"
    wrapped = passphrase.wrap_seed(Seed(named("personal")), secret, owner, PASSPHRASE_COST)
    cheap = passphrase.wrap_seed(Seed(named("personal")), secret, owner, KdfCost(8, 1, 1))
    good = {"wrapped": wrapped.hex(), "passphrase": secret, "owner": owner.hex()}
    quick = good | {"wrapped": cheap.hex()}
    too_much = cheap[:1] + b"\xff\xff\xff\xff" + cheap[5:]
    for name, inputs in (
        ("the cost of an office", good),
        ("a cost for tests only", quick),
        ("accents typed as two characters", quick | {"passphrase": secret.replace("è", "e\u0300")}),
        ("another passphrase", quick | {"passphrase": secret + " "}),
        ("another person", quick | {"owner": "00" * 16}),
        ("another cost", quick | {"wrapped": flipped(cheap, 4).hex()}),
        ("a cost out of bounds", quick | {"wrapped": too_much.hex()}),
        ("a bit of the salt flipped", quick | {"wrapped": flipped(cheap, 7).hex()}),
        ("a bit of the tag flipped", quick | {"wrapped": flipped(cheap, -1).hex()}),
        ("one byte less", quick | {"wrapped": cheap[:-1].hex()}),
        ("one byte more", quick | {"wrapped": cheap.hex() + "00"}),
        ("an unknown version", quick | {"wrapped": "02" + cheap[1:].hex()}),
    ):
        yield name, "unwrap_seed", inputs


def sessions() -> Iterator[Case]:
    token, other = session.SessionToken(named("token")), session.SessionToken(named("other"))
    yield "a token", "derive_session", {"token": token.text}
    yield "a token with padding", "derive_session", {"token": token.text + "="}
    yield "a token too short", "derive_session", {"token": token.text[:-1]}
    spare = token.text[:-1] + chr(ord(token.text[-1]) + 1)
    yield "a token with spare bits set", "derive_session", {"token": spare}
    sealed = session.seal_session(named("mailbox"), token)
    for name, held, changed in (
        ("a session", token, sealed),
        ("another token", other, sealed),
        ("a bit flipped", token, flipped(sealed, 30)),
        ("too short", token, sealed[:40]),
        ("an unknown version", token, b"\x02" + sealed[1:]),
    ):
        yield name, "open_session", {"token": held.text, "sealed": changed.hex()}


def held_by_pages() -> Iterator[Case]:
    secret, payload = named("portal key"), b'{"files":[],"version":1}'
    held = held_files.seal_held(payload, secret, "portal")
    good = {"held": held, "secret": secret.hex(), "audience": "portal"}
    sealed = base64.urlsafe_b64decode(held + "=" * (-len(held) % 4))
    for name, changed in (
        ("what a page carries", {}),
        ("another application", {"audience": "console"}),
        ("another secret", {"secret": named("other").hex()}),
        ("a bit flipped", {"held": _held(flipped(sealed, 30))}),
        ("too short", {"held": _held(sealed[:40])}),
        ("an unknown version", {"held": _held(b"\x02" + sealed[1:])}),
        ("padding", {"held": held + "="}),
        ("spare bits set", {"held": held[:-1] + chr(ord(held[-1]) + 1)}),
        ("nothing", {"held": ""}),
    ):
        yield name, "open_held", good | changed


def _held(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def codes_on_paper() -> Iterator[Case]:
    seed = named("personal").hex()
    for name, typed in (
        ("as it is shown", "K0M1-9QX4-ZZ7P"),
        ("in another spelling", " koml 9qx4 zz7p "),
        ("a one-time code", "123 456"),
        ("a letter that no code has", "KUM1-9QX4-ZZ7P"),
    ):
        yield name, "recovery_digest", {"seed": seed, "typed": typed}
    other = {"seed": named("other").hex(), "typed": "K0M1-9QX4-ZZ7P"}
    yield "the same code of another person", "recovery_digest", other


def challenges() -> Iterator[Case]:
    parts = {"secret": named("console"), "use": b"sign-in", "browser": named("browser")}
    good = {name: part.hex() for name, part in parts.items()}
    made = passkey_challenges.make_challenge(1_795_000_000_123, *parts.values())
    good["challenge"] = made.hex()
    yield "a challenge", "read_challenge", good
    yield "for another use", "read_challenge", good | {"use": b"add".hex()}
    yield "of another browser", "read_challenge", good | {"browser": named("other").hex()}
    yield "of another console", "read_challenge", good | {"secret": named("other").hex()}
    yield "a bit flipped", "read_challenge", good | {"challenge": flipped(made, -1).hex()}
    yield "an unknown version", "read_challenge", good | {"challenge": "02" + made.hex()[2:]}
    yield "nothing", "read_challenge", good | {"challenge": ""}


def personal_secrets() -> Iterator[Case]:
    seed = named("personal")
    sealed = personal.seal_personal(b"JBSWY3DPEHPK3PXP", Seed(seed), Purpose.TOTP)
    good = {"seed": seed.hex(), "purpose": Purpose.TOTP, "sealed": sealed.hex()}
    yield "a one-time-code secret", "open_personal", good
    yield "another person", "open_personal", good | {"seed": named("other").hex()}
    yield "another purpose", "open_personal", good | {"purpose": Purpose.NOTE}
    yield "a bit flipped", "open_personal", good | {"sealed": flipped(sealed, -1).hex()}


def shares() -> Iterator[Case]:
    mnemonics = secret_sharing.split(named("recovery"), 2, 3)
    others = secret_sharing.split(named("recovery"), 2, 3)
    single = secret_sharing.split(named("recovery"), 1, 3)
    mistyped = mnemonics[0].rsplit(" ", 1)[0] + " zero"
    official = "testify swimming academic academic column loyalty smear include exotic bedroom "
    official += "exotic wrist lobe cover grief golden smart junior estimate learn"
    for name, given in (
        ("two of three", mnemonics[:2]),
        ("the other two", mnemonics[1:]),
        ("all three", mnemonics),
        ("one of one, held by three", single),
        ("one of the two", mnemonics[:1]),
        ("one twice", (mnemonics[0], mnemonics[0])),
        ("of two secrets", (mnemonics[0], others[1])),
        ("a mistyped word", (mistyped, mnemonics[1])),
        ("a SLIP-39 share of another kind", (official,)),
        ("none", ()),
    ):
        yield name, "combine", {"mnemonics": list(given)}


def identities() -> Iterator[Case]:
    case_id = named("case id", 16)
    seeds = [named(f"custodian {number}") for number in range(3)]
    publics = [PersonalPrivateKey(Seed(seed)).public for seed in seeds]
    sealed = identity.seal_identity(b'{"name":"Ann"}', case_id, publics, 2)
    opened = []
    for number, (seed, share) in enumerate(zip(seeds, sealed.shares, strict=True)):
        good = {"kind": "personal", "seed": seed.hex(), "case_id": case_id.hex()}
        good["box"] = share.box.hex()
        yield f"the share of custodian {number}", "open_share", good
        opened.append(identity.open_share(share.box, case_id, PersonalPrivateKey(Seed(seed))))
    yield "a share, for another case", "open_share", good | {"case_id": "00" * 16}
    yield "another custodian's share", "open_share", good | {"seed": seeds[0].hex()}
    good = {"body": sealed.body.hex(), "case_id": case_id.hex(), "mnemonics": opened[:2]}
    other = identity.seal_identity(b'{"name":"Ann"}', case_id, publics, 2)
    yield "opened by two", "open_identity", good
    yield "opened by one", "open_identity", good | {"mnemonics": opened[:1]}
    yield "for another case", "open_identity", good | {"case_id": "00" * 16}
    yield "shares of another identity", "open_identity", good | {"body": other.body.hex()}
    yield "an unknown version", "open_identity", good | {"body": "02" + sealed.body[1:].hex()}


def handed_over() -> Iterator[Case]:
    case_id, request_id, asker = named("case", 16), named("request", 16), named("asker")
    share = secret_sharing.split(named("content key"), 2, 3)[0]
    public = PersonalPrivateKey(Seed(asker)).public
    box = identity.hand_over(share, case_id, request_id, public)
    good = {"kind": "personal", "seed": asker.hex(), "case_id": case_id.hex()}
    good |= {"request_id": request_id.hex(), "box": box.hex()}
    yield "a share handed over", "open_handed_over", good
    yield "for another request", "open_handed_over", good | {"request_id": "00" * 16}
    yield "for another case", "open_handed_over", good | {"case_id": "00" * 16}
    yield "by somebody else", "open_handed_over", good | {"seed": named("other").hex()}
    # It is no share that a custodian could hold: that one has another context.
    yield "taken for a share of one's own", "open_share", good


def _signer(name: str) -> roster.RosterSigningKey:
    return roster.RosterSigningKey.from_seed(Seed(named(name)))


def _first_roster() -> roster.Roster:
    members = tuple(
        roster.RosterMember(
            person=named(name, 16),
            name=name,
            roles=frozenset(roles),
            public=PersonalPrivateKey(Seed(named(name))).public,
            verify_key=_signer(name).verify_key,
        )
        for name, roles in (
            ("An", {"signer", "custodian"}),
            ("Benoît", {"signer", "intake"}),
            ("Claudia", {"custodian", "staff"}),
        )
    )
    return roster.Roster(
        serial=1,
        office="Office of the vectors",
        issued_on=date(2026, 1, 1),
        expires_on=date(2026, 12, 31),
        intake=IntakePrivateKey(Seed(named("intake"))).public,
        recovery=RecoveryPrivateKey(Seed(named("recovery"))).public,
        members=members,
        signatures_needed=2,
        custodians_needed=2,
        previous=None,
    )


def _rewritten(file: bytes, change: Callable[[Inputs], object]) -> bytes:
    """The roster file with its payload changed and signed again by both signers."""
    payload = json.loads(strict_json.decode_bytes(json.loads(file)["payload"]))
    change(payload)
    return _signed_payload(strict_json.write(payload))


def _signed_payload(payload: bytes) -> bytes:
    signatures = [
        {
            "signer": strict_json.encode_bytes(key.verify_key),
            "signature": strict_json.encode_bytes(key.sign(payload)),
        }
        for key in (_signer("An"), _signer("Benoît"))
    ]
    members = {"format": roster.FORMAT, "payload": strict_json.encode_bytes(payload)}
    return strict_json.write(members | {"signatures": signatures})


def rosters() -> Iterator[Case]:
    an, benoit, claudia = _signer("An"), _signer("Benoît"), _signer("Claudia")
    one = _first_roster()
    first = roster.sign_roster(one, [an, benoit])
    two = replace(
        one,
        serial=2,
        issued_on=date(2026, 6, 1),
        expires_on=date(2027, 5, 31),
        intake=IntakePrivateKey(Seed(named("next intake"))).public,
        previous=roster.fingerprint(first),
    )
    second = roster.sign_roster(two, [an, benoit])
    pin = roster.fingerprint(first)
    skipped = roster.sign_roster(replace(two, serial=3), [an, benoit])
    stray = roster.sign_roster(replace(two, previous=named("stray")), [an, benoit])
    earlier = roster.sign_roster(replace(two, issued_on=date(2025, 12, 31)), [an, benoit])
    other_keys = replace(one.members[2], roles=frozenset({"signer", "custodian"}))
    coup = replace(two, members=(*two.members[:2], other_keys), signatures_needed=1)
    seized = roster.sign_roster(coup, [claudia])
    other_signature = json.loads(first)["signatures"][0]["signature"].encode()
    swapped = second.replace(
        json.loads(second)["signatures"][0]["signature"].encode(), other_signature
    )
    payload = roster_payload.encode(one)
    spaced = _signed_payload(payload.replace(b'":', b'": ', 1))
    twice = _signed_payload(payload.replace(b'"format"', b'"format":"x","format"', 1))
    for name, files, day in (
        ("the first roster", (first,), "2026-03-01"),
        ("its last day", (first,), "2026-12-31"),
        ("the second roster, the first one expired", (first, second), "2027-03-01"),
        ("a day late", (first,), "2027-01-01"),
        ("before it is issued", (first, second), "2026-05-31"),
        ("one signature of two", (roster.sign_roster(one, [an]),), "2026-03-01"),
        ("one signer twice", (roster.sign_roster(one, [an, an]),), "2026-03-01"),
        ("a member who is no signer", (roster.sign_roster(one, [an, claudia]),), "2026-03-01"),
        ("the next, by one signer", (first, roster.sign_roster(two, [an])), "2026-07-01"),
        ("the next, by a signer it names itself", (first, seized), "2026-07-01"),
        ("a signature of another roster", (first, swapped), "2026-07-01"),
        ("not the pinned one", (second,), "2026-07-01"),
        ("a serial skipped", (first, skipped), "2026-07-01"),
        ("the same one again", (first, first), "2026-07-01"),
        ("another previous one", (first, stray), "2026-07-01"),
        ("dated before the previous one", (first, earlier), "2026-07-01"),
        ("an unknown member", (_rewritten(first, lambda p: p.update(x=1)),), "2026-03-01"),
        ("a missing member", (_rewritten(first, lambda p: p.pop("office")),), "2026-03-01"),
        ("a wrong type", (_rewritten(first, lambda p: p.update(serial="1")),), "2026-03-01"),
        ("true for one", (_rewritten(first, lambda p: p.update(serial=True)),), "2026-03-01"),
        ("a later format", (_rewritten(first, _later_format),), "2026-03-01"),
        ("a space in the payload", (spaced,), "2026-03-01"),
        ("a member twice", (twice,), "2026-03-01"),
        ("a changed office", (first.replace(b"e", b"f", 1),), "2026-03-01"),
        ("no files", (), "2026-03-01"),
    ):
        texts = [file.decode("ascii") for file in files]
        yield name, "read_chain", {"files": texts, "pin": pin.hex(), "today": day}


def _later_format(payload: Inputs) -> None:
    payload["format"] = "zegel-roster-payload/2"


def rosters_with_conflicts() -> Iterator[Case]:
    one = _first_roster()
    wary = replace(one.members[2], conflicts=("actiris", "parking"))
    declared = replace(one, members=(*one.members[:2], wary))
    file = roster.sign_roster(declared, [_signer("An"), _signer("Benoît")])
    for name, pinned in (
        ("a member with two conflicts", file),
        ("conflicts out of order", _rewritten(file, _conflicts_out_of_order)),
        ("the second format without a conflict", _rewritten(file, _no_conflicts)),
        ("conflicts in the first format", _rewritten(file, _first_format)),
    ):
        pin = sha256(strict_json.decode_bytes(json.loads(pinned)["payload"])).hexdigest()
        files = [pinned.decode("ascii")]
        yield name, "read_conflicts", {"files": files, "pin": pin, "today": "2026-03-01"}


def _first_format(payload: Inputs) -> None:
    payload["format"] = roster_payload.FORMAT


def _conflicts_out_of_order(payload: Inputs) -> None:
    payload["members"][2]["conflicts"].reverse()


def _no_conflicts(payload: Inputs) -> None:
    payload["members"][2]["conflicts"].clear()


def words_of_cases() -> Iterator[Case]:
    seed, case_id, extent = (
        named("case"),
        named("case id")[:16],
        bytes.fromhex("000000010000000200000000"),
    )
    sealed = search_words.seal_words("élévator".encode(), Seed(seed), case_id, extent)
    good = {
        "seed": seed.hex(),
        "case_id": case_id.hex(),
        "extent": extent.hex(),
        "sealed": sealed.hex(),
    }
    yield "the words of a case", "open_words", good
    yield "another case's seed", "open_words", good | {"seed": named("other").hex()}
    yield "another case", "open_words", good | {"case_id": named("other")[:16].hex()}
    yield "an earlier extent", "open_words", good | {"extent": bytes(12).hex()}
    yield "a bit flipped", "open_words", good | {"sealed": flipped(sealed, -1).hex()}
    yield "no bucket", "open_words", good | {"sealed": sealed[:-1].hex()}
    yield "an unknown version", "open_words", good | {"sealed": "02" + sealed.hex()[2:]}


FILES: Mapping[str, Callable[[], Iterator[Case]]] = {
    "context": contexts,
    "keys": keys,
    "signing": signatures,
    "padding": buckets,
    "sealed_box": sealed_boxes,
    "grants": granted,
    "envelope": envelopes,
    "stream": streams,
    "receipt": receipts,
    "consultation": consultations,
    "passphrase": passphrases,
    "session": sessions,
    "held_files": held_by_pages,
    "personal": personal_secrets,
    "search_words": words_of_cases,
    "recovery_codes": codes_on_paper,
    "passkey_challenges": challenges,
    "secret_sharing": shares,
    "identity": identities,
    "identity_handover": handed_over,
    "roster": rosters,
    "roster_conflicts": rosters_with_conflicts,
}


def run(name: str, operation: str, inputs: Inputs) -> Inputs:
    """A vector: the case with what it gives, or with the class of the error it ends in."""
    vector: Inputs = {"name": name, "operation": operation, "expect": "ok"} | inputs
    try:
        return vector | {"output": OPERATIONS[operation](inputs)}
    except (CryptoError, TypeError) as error:
        vector["expect"] = type(error).__name__
        if isinstance(error, RosterRejected | SharesRejected):
            vector["reason"] = error.reason.name
        return vector


def main() -> None:
    for name, cases in FILES.items():
        path = HERE / f"{name}.json"
        if path.exists():
            continue
        vectors = [run(*case) for case in cases()]
        about = f"docs/reference/formats.md; made by tests/vectors/generate.py, {cases.__name__}()"
        text = json.dumps({"about": about, "vectors": vectors}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
