"""The portal, whose memory a parent process may read: the kernel refuses it for the real one."""

import ctypes

from flask import request

from portal.wsgi import app
from web.process import PR_SET_DUMPABLE

IN_EVERY_WORKER = "a word that is in the memory of every worker"


def allow_reading() -> None:
    """The server forbids it in each worker once the application is loaded; this comes later."""
    if request.path == "/healthz":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


app.before_request_funcs[None].insert(0, allow_reading)
