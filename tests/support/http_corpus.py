"""Requests that two programs could read differently, or that are none. No browser sends any."""

POST = b"POST /en/report HTTP/1.1\r\nHost: localhost\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = POST + FORM + b"Transfer-Encoding: chunked\r\n\r\n"

MALFORMED = {
    "both lengths": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "the same length twice": POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "a list of lengths": POST + b"Content-Length: 5, 5\r\n\r\nhello",
    "a signed length": POST + b"Content-Length: +5\r\n\r\nhello",
    "a negative length": POST + b"Content-Length: -5\r\n\r\nhello",
    "a length with an underscore": POST + b"Content-Length: 0_5\r\n\r\nhello",
    "a length that is no number": POST + b"Content-Length: five\r\n\r\nhello",
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a control in an encoding": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "an unknown encoding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two encodings": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunks": CHUNKED + b"1\r\na\r\n0\r\n\r\n",
    "chunks with a line in an extension": CHUNKED + b"5;a=\nb\r\nhello\r\n0\r\n\r\n",
    "a chunk's size as in C": CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
    "a negative chunk": CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
    "bare line feeds": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
    "a bare carriage return": GET + b"A: b\rc\r\n\r\n",
    "a NUL in a header": GET + b"A: b\x00c\r\n\r\n",
    "a NUL in the method": b"GE\x00T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a space in a header's name": GET + b"A b: c\r\n\r\n",
    "a folded header": GET + b"A: b\r\n c\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": GET + b"Host: evil.example\r\n\r\n",
    "a version to come": b"GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "HTTP/2 without asking": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a length that no number can hold": POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a long request line": b"GET /?" + b"a" * 3000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a long header": GET + b"A: " + b"a" * 9000 + b"\r\n\r\n",
    "many headers": GET + b"".join(b"A%d: b\r\n" % n for n in range(60)) + b"\r\n",
    "an expectation": POST + b"Content-Length: 0\r\nExpect: 999\r\n\r\n",
}

# Well formed, but not for us.
MISDIRECTED = {
    "another host": b"GET /en/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
}
