"""How a published vector is run: the same calls of the same libraries that `crypto/` makes."""

from collections.abc import Callable, Mapping
from typing import Any

from argon2.low_level import ARGON2_VERSION, Type, core, ffi, lib
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from nacl.bindings import crypto_scalarmult
from nacl.signing import SigningKey
from shamir_mnemonic import combine_mnemonics

from crypto import aead

Vector = Mapping[str, Any]
Output = dict[str, str]


def x25519(vector: Vector) -> Output:
    scalar, u = bytes.fromhex(vector["scalar"]), bytes.fromhex(vector["u"])
    return {"u": crypto_scalarmult(scalar, u).hex()}


def ed25519(vector: Vector) -> Output:
    key = SigningKey(bytes.fromhex(vector["seed"]))
    signature = key.sign(bytes.fromhex(vector["message"])).signature
    return {"verify_key": bytes(key.verify_key).hex(), "signature": signature.hex()}


def hkdf_sha256(vector: Vector) -> Output:
    secret, salt = bytes.fromhex(vector["secret"]), bytes.fromhex(vector["salt"])
    info, length = bytes.fromhex(vector["info"]), vector["length"]
    pseudorandom_key = HKDF.extract(SHA256(), salt, secret)
    expanded = HKDFExpand(SHA256(), length, info).derive(pseudorandom_key)
    assert HKDF(SHA256(), length, salt, info).derive(secret) == expanded
    return {"pseudorandom_key": pseudorandom_key.hex(), "key": expanded.hex()}


def argon2id_full(vector: Vector) -> Output:
    """The RFC's vector has a secret and associated data, which only the C structure takes."""
    password, salt, secret, associated = (
        bytes.fromhex(vector[name]) for name in ("password", "salt", "secret", "associated")
    )
    tag = ffi.new("uint8_t[]", 32)
    kept = [ffi.new("uint8_t[]", part) for part in (password, salt, secret, associated)]
    context = ffi.new(
        "argon2_context *",
        {
            "version": ARGON2_VERSION,
            "out": tag,
            "outlen": 32,
            "pwd": kept[0],
            "pwdlen": len(password),
            "salt": kept[1],
            "saltlen": len(salt),
            "secret": kept[2],
            "secretlen": len(secret),
            "ad": kept[3],
            "adlen": len(associated),
            "t_cost": vector["iterations"],
            "m_cost": vector["memory_kib"],
            "lanes": vector["lanes"],
            "threads": 1,
            "allocate_cbk": ffi.NULL,
            "free_cbk": ffi.NULL,
            "flags": lib.ARGON2_DEFAULT_FLAGS,
        },
    )
    assert core(context, Type.ID.value) == 0
    return {"tag": bytes(ffi.buffer(tag, 32)).hex()}


def xchacha20poly1305(vector: Vector) -> Output:
    key, nonce, associated, sealed = (
        bytes.fromhex(vector[name]) for name in ("key", "nonce", "associated", "sealed")
    )
    return {"plaintext": aead.decrypt(key, nonce + sealed, associated).hex()}


def mlkem768(vector: Vector) -> Output:
    key = MLKEM768PrivateKey.from_seed_bytes(bytes.fromhex(vector["seed"]))
    return {
        "public_key": key.public_key().public_bytes_raw().hex(),
        "shared_secret": key.decapsulate(bytes.fromhex(vector["ciphertext"])).hex(),
        "rejection_secret": key.decapsulate(bytes.fromhex(vector["rejected_ciphertext"])).hex(),
    }


def hpke_mlkem768_aes128gcm(vector: Vector) -> Output:
    key = MLKEM768PrivateKey.from_seed_bytes(bytes.fromhex(vector["seed"]))
    suite = Suite(KEM.MLKEM768, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    return {
        "public_key": key.public_key().public_bytes_raw().hex(),
        "plaintext": _open_hpke(suite, key, vector),
    }


def hpke_x25519_chacha20poly1305(vector: Vector) -> Output:
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key"]))
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    return {"plaintext": _open_hpke(suite, key, vector)}


def _open_hpke(suite: Suite, key: MLKEM768PrivateKey | X25519PrivateKey, vector: Vector) -> str:
    """Published messages carry associated data, which the public method leaves empty."""
    message, info, associated = (
        bytes.fromhex(vector[name]) for name in ("message", "info", "associated")
    )
    opened: bytes = openssl.hpke._decrypt_with_aad(suite, message, key, info, associated)
    return opened.hex()


def slip39(vector: Vector) -> Output:
    return {"secret": combine_mnemonics(vector["mnemonics"], b"TREZOR").hex()}


OPERATIONS: Mapping[str, Callable[[Vector], Output]] = {
    operation.__name__: operation
    for operation in (
        x25519,
        ed25519,
        hkdf_sha256,
        argon2id_full,
        xchacha20poly1305,
        mlkem768,
        hpke_mlkem768_aes128gcm,
        hpke_x25519_chacha20poly1305,
        slip39,
    )
}
