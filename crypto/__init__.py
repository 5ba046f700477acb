"""Keys, sealed boxes, envelopes, receipt codes and rosters: bytes in, bytes out."""
