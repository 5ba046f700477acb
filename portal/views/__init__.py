"""The portal's pages. Each view reads the form, calls one action and renders."""
