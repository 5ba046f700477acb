"""Random bytes for what reads a stranger's: forms with files, and sealed streams.

`python -m tools.fuzz --seconds 60` looks for an input that breaks a promise, guided by which lines
were reached (atheris, a libFuzzer for Python). Each target runs in a process of its own.
"""
