"""The questions people answer, and the pure functions that turn answers into facts.

A form is built from what the browser sent and today's day; it reads no request, session or clock.
"""
