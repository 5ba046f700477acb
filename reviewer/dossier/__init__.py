"""A whole case as one archive, to leave the office encrypted to a key of whoever asked for it.

What is read from the database is read at once (`gathered`); the files are opened one after
another while the archive is being sent.
"""
