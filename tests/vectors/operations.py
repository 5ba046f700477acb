"""How a vector of Zegel's own formats is run: one function per operation, JSON in and out.

Bytes are hex, except that roster files are text. A vector gives every input of its operation; an
``ok`` vector gives every output too, any other names the class of the error it must end in.
"""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from crypto import (
    consultation,
    envelope,
    grants,
    held_files,
    identity,
    padding,
    passkey_challenges,
    passphrase,
    personal,
    receipt,
    recovery_codes,
    roster,
    sealed_box,
    search_words,
    secret_sharing,
    session,
    signing,
    stream,
)
from crypto.hybrid import X25519_SIZE
from crypto.kdf import KdfCost
from crypto.keys import (
    CasePrivateKey,
    CasePublicKey,
    ConsultationPrivateKey,
    ConsultationPublicKey,
    IntakePrivateKey,
    IntakePublicKey,
    MailboxPrivateKey,
    MailboxPublicKey,
    PersonalPrivateKey,
    PersonalPublicKey,
    PrivateKey,
    PublicKey,
    RecoveryPrivateKey,
    RecoveryPublicKey,
    Seed,
)
from crypto.labels import Context, Purpose

Vector = Mapping[str, Any]
Output = dict[str, Any]

HERE = Path(__file__).parent
PRIVATE: Mapping[str, type[PrivateKey]] = {
    "intake": IntakePrivateKey,
    "case": CasePrivateKey,
    "mailbox": MailboxPrivateKey,
    "recovery": RecoveryPrivateKey,
    "personal": PersonalPrivateKey,
    "consultation": ConsultationPrivateKey,
}
PUBLIC: Mapping[str, type[PublicKey]] = {
    "intake": IntakePublicKey,
    "case": CasePublicKey,
    "mailbox": MailboxPublicKey,
    "recovery": RecoveryPublicKey,
    "personal": PersonalPublicKey,
    "consultation": ConsultationPublicKey,
}


def _bytes(vector: Vector, name: str) -> bytes:
    return bytes.fromhex(vector[name])


def _seed(vector: Vector) -> Seed:
    return Seed(_bytes(vector, "seed"))


def _key(vector: Vector) -> Any:
    return PRIVATE[vector["kind"]](_seed(vector))


def _context(vector: Vector) -> Context:
    return Context(Purpose(vector["purpose"]), tuple(map(bytes.fromhex, vector["parts"])))


def _cost(vector: Vector) -> KdfCost:
    return KdfCost(vector["memory_kib"], vector["iterations"], vector["lanes"])


def encode_context(vector: Vector) -> Output:
    return {"encoded": _context(vector).encode().hex()}


def derive_key(vector: Vector) -> Output:
    public = _key(vector).public
    return {"public_key": public.to_bytes().hex(), "key_id": public.key_id.hex()}


def parse_public_key(vector: Vector) -> Output:
    public = PUBLIC[vector["kind"]].from_bytes(_bytes(vector, "encoded"))
    return {
        "x25519": public.raw[:X25519_SIZE].hex(),
        "mlkem768": public.raw[X25519_SIZE:].hex(),
        "key_id": public.key_id.hex(),
    }


def sign_payload(vector: Vector) -> Output:
    key = signing.RosterSigningKey.from_seed(_seed(vector))
    signature = key.sign(_bytes(vector, "payload"))
    return {"verify_key": key.verify_key.hex(), "signature": signature.hex()}


def padded_length(vector: Vector) -> Output:
    return {"padded_length": padding.padded_length(vector["length"])}


def unpad(vector: Vector) -> Output:
    return {"payload": padding.unpad(_bytes(vector, "padded")).hex()}


def open_sealed(vector: Vector) -> Output:
    secret = sealed_box.open_sealed(_bytes(vector, "box"), _key(vector), _context(vector))
    return {"secret": secret.hex()}


def open_case_grant(vector: Vector) -> Output:
    box, case_id = _bytes(vector, "box"), _bytes(vector, "case_id")
    case = grants.open_case_grant(box, case_id, _key(vector))
    return {"case_seed": case.seed.raw.hex()}


def open_intake_grant(vector: Vector) -> Output:
    intake = grants.open_intake_grant(_bytes(vector, "box"), _key(vector))
    return {"intake_seed": intake.seed.raw.hex()}


def open_envelope(vector: Vector) -> Output:
    body, sealed_key = _bytes(vector, "body"), _bytes(vector, "sealed_key")
    payload = envelope.open_envelope(body, sealed_key, _key(vector), _context(vector))
    return {"payload": payload.hex(), "digest": envelope.digest(body).hex()}


def padme(vector: Vector) -> Output:
    size = vector["size"]
    return {"padded": stream.padded_size(size), "sealed": stream.sealed_size(size)}


def _sealed(vector: Vector) -> list[bytes]:
    """The stream in hexadecimal, or put together from ranges of a file."""
    if "sealed" in vector:
        return [_bytes(vector, "sealed")]
    whole = (HERE / vector["file"]).read_bytes()
    return [whole[start:end] for start, end in vector["ranges"]]


def open_stream(vector: Vector) -> Output:
    key = stream.StreamKey(_bytes(vector, "key"))
    pieces = stream.opened(_sealed(vector), key, _context(vector), vector["size"])
    return {"sha256": sha256(b"".join(pieces)).hexdigest()}


def draw_indices(vector: Vector) -> Output:
    draft, binding = _bytes(vector, "draft"), _bytes(vector, "binding")
    indices = receipt.draw_indices(draft, binding, vector["language"], vector["size"])
    return {"indices": list(indices)}


def derive_receipt(vector: Vector) -> Output:
    keys = receipt.derive(receipt.ReceiptCode(tuple(vector["words"])), _cost(vector))
    return {
        "locator": keys.locator.hex(),
        "token": keys.token.hex(),
        "token_hash": keys.address.token_hash.hex(),
        "seed": keys.seed.raw.hex(),
        "mailbox_key_id": keys.address.public.key_id.hex(),
    }


def derive_consultation(vector: Vector) -> Output:
    code = receipt.ReceiptCode(tuple(vector["words"]))
    consultation_id = _bytes(vector, "consultation_id")
    keys = consultation.derive_consultation(code, consultation_id, _cost(vector))
    return {
        "token": keys.token.hex(),
        "token_hash": keys.token_hash.hex(),
        "seed": keys.seed.raw.hex(),
        "consultation_key_id": keys.public.key_id.hex(),
    }


def unwrap_seed(vector: Vector) -> Output:
    wrapped, owner = _bytes(vector, "wrapped"), _bytes(vector, "owner")
    return {"seed": passphrase.unwrap_seed(wrapped, vector["passphrase"], owner).raw.hex()}


def derive_session(vector: Vector) -> Output:
    token = session.SessionToken.from_text(vector["token"])
    return {
        "id": token.id.hex(),
        "csrf_secret": token.csrf_secret,
        "binding": token.binding.hex(),
    }


def open_session(vector: Vector) -> Output:
    token = session.SessionToken.from_text(vector["token"])
    return {"secret": session.open_session(_bytes(vector, "sealed"), token).hex()}


def open_held(vector: Vector) -> Output:
    payload = held_files.open_held(vector["held"], _bytes(vector, "secret"), vector["audience"])
    return {"payload": payload.hex()}


def recovery_digest(vector: Vector) -> Output:
    return {
        "is_code": recovery_codes.is_recovery_code(vector["typed"]),
        "digest": recovery_codes.recovery_digest(vector["typed"], _seed(vector)).hex(),
    }


def read_challenge(vector: Vector) -> Output:
    opened = [_bytes(vector, name) for name in ("challenge", "secret", "use", "browser")]
    return {"milliseconds": passkey_challenges.read_challenge(*opened)}


def open_personal(vector: Vector) -> Output:
    sealed, purpose = _bytes(vector, "sealed"), Purpose(vector["purpose"])
    return {"secret": personal.open_personal(sealed, _seed(vector), purpose).hex()}


def open_words(vector: Vector) -> Output:
    sealed, case_id, extent = (_bytes(vector, name) for name in ("sealed", "case_id", "extent"))
    return {"words": search_words.open_words(sealed, _seed(vector), case_id, extent).hex()}


def combine(vector: Vector) -> Output:
    return {"secret": secret_sharing.combine(vector["mnemonics"]).hex()}


def open_share(vector: Vector) -> Output:
    box, case_id = _bytes(vector, "box"), _bytes(vector, "case_id")
    return {"mnemonic": identity.open_share(box, case_id, _key(vector))}


def open_handed_over(vector: Vector) -> Output:
    box, case_id = _bytes(vector, "box"), _bytes(vector, "case_id")
    request_id = _bytes(vector, "request_id")
    return {"mnemonic": identity.open_handed_over(box, case_id, request_id, _key(vector))}


def open_identity(vector: Vector) -> Output:
    body, case_id = _bytes(vector, "body"), _bytes(vector, "case_id")
    return {"payload": identity.open_identity(body, case_id, vector["mnemonics"]).hex()}


def _roster(vector: Vector) -> roster.VerifiedRoster:
    files = [file.encode("utf-8") for file in vector["files"]]
    today = date.fromisoformat(vector["today"])
    return roster.read_chain(files, _bytes(vector, "pin"), today)


def read_chain(vector: Vector) -> Output:
    verified = _roster(vector)
    return {
        "serial": verified.roster.serial,
        "fingerprint_text": verified.fingerprint_text,
        "intake_key_id": verified.roster.intake.key_id.hex(),
        "people": [member.name for member in verified.roster.members],
    }


def read_conflicts(vector: Vector) -> Output:
    return {member.name: list(member.conflicts) for member in _roster(vector).roster.members}


OPERATIONS: Mapping[str, Callable[[Vector], Output]] = {
    operation.__name__: operation
    for operation in (
        encode_context,
        derive_key,
        parse_public_key,
        sign_payload,
        padded_length,
        unpad,
        open_sealed,
        open_case_grant,
        open_intake_grant,
        open_envelope,
        padme,
        open_stream,
        draw_indices,
        derive_receipt,
        derive_consultation,
        unwrap_seed,
        derive_session,
        open_session,
        open_held,
        open_personal,
        open_words,
        recovery_digest,
        read_challenge,
        combine,
        open_share,
        open_handed_over,
        open_identity,
        read_chain,
        read_conflicts,
    )
}
