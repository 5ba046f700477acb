"""Rules as pure functions and tables: no framework, no database, no key, no clock.

Everything that decides what may happen to a case lives in this folder, so that a lawyer and an
auditor can read it without the rest.
"""
