"""What strangers' files are: their true type, what they carry unseen, a picture, a cleaned copy.

Every library that reads such a file runs in a locked process of its own (`worker`), without
network, files or the right to start programs; `client` starts it and believes nothing it says.
"""
