"""Every SELECT of the program, by name. Nothing here opens an envelope."""
