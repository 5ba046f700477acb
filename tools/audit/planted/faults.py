"""One fault for each rule of tools/audit/semgrep/rules.yml, for bandit, and for detect-secrets.

Never imported. `make audit` fails when a tool says nothing of it.
"""

import datetime
import hashlib
import pickle
import random
import subprocess
import tempfile
import urllib.request

from flask import redirect, render_template_string, request
from markupsafe import Markup
from sqlalchemy import text

from crypto import aead

AWS_KEY = "AKIAIOSFODNN7EXAMPLF"


def planted(log, session, token, given, key):
    if token == given:
        log.info("came in", login=request.form["login"])
    address = request.remote_addr
    moment = datetime.datetime.now()
    name = random.choice(["a", "b"])
    with tempfile.TemporaryFile() as scratch, open("/var/notes", "w") as notes:
        notes.write(name)
        pickle.load(scratch)
    urllib.request.urlopen("http://elsewhere.example/")
    sealed = aead.encrypt(key, given, b"")
    session.execute(text(f"select {given}"))
    subprocess.run(given, shell=True)
    digest = hashlib.md5(sealed)
    page = render_template_string(given)
    return redirect(request.args["next"]), Markup(page), address, moment, digest
