"""An office's own look: `look.toml` in its folder, read and checked once at start."""
