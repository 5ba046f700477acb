"""One encrypted file of everything that an office has, and the way back from it."""
