"""Keys, sealed boxes, envelopes, streams, receipt codes, consultations, passphrases, the roster.

The rules of this package:

* Bytes in, bytes out. Nothing here knows a request, a table, a clock or a setting.
* Only documented calls of libsodium (PyNaCl), ``cryptography``, argon2-cffi and shamir-mnemonic.
* Every use of a key has a purpose from `crypto.labels.Purpose` and names what it belongs to.
* Every stored format opens with a version byte; `docs/reference/formats.md` has them in full.
* An opening that fails raises `crypto.errors.OpeningFailed` and never tells why.
* No secret shows in a ``repr``, and secrets are compared in constant time.
"""
