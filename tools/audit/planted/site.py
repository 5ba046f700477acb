"""A small site with the faults that the scanners look for: their silence elsewhere means something
because they are not silent here. Served on loopback by `make audit` only.
"""

import sqlite3

from flask import Flask, Response, redirect, request

app = Flask(__name__)
rows = sqlite3.connect(":memory:", check_same_thread=False)
rows.execute("create table words (id integer, word text)")
rows.execute("insert into words values (1, 'one'), (2, 'two')")


@app.get("/")
def start() -> Response:
    response = Response(
        "<html><body><form method=post action=/said><input name=word><input type=submit></form>"
        "<a href='/word?id=1'>word</a> <a href='/hello?name=you'>hello</a>"
        " <a href='/go?to=/'>go</a></body></html>"
    )
    response.set_cookie("visitor", "12345678", max_age=31_536_000)
    return response


@app.get("/hello")
def hello() -> str:
    return f"<html><body>hello {request.args.get('name', '')}</body></html>"


@app.post("/said")
def said() -> str:
    return f"<html><body>{request.form['word']}</body></html>"


@app.get("/go")
def go() -> Response:
    return redirect(request.args.get("to", "/"))


@app.get("/word")
def word() -> str:
    wanted = request.args.get("id", "1")
    found = rows.execute(f"select word from words where id = {wanted}").fetchall()
    return f"<html><body>{found}</body></html>"
