"""The console's pages: each reads a form, calls one action and renders."""
