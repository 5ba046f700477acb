"""`zegel serve`: one application under gunicorn, in this process."""

import os

import click

from cases.database import Database
from cases.evidence_store import EvidenceStore
from reviewer.processes import TARGETS, check_server, server_command
from web.forgetting import WIPING
from web.look.served import served_look
from web.settings import Audience, from_environment

NAMES = click.Choice(sorted(TARGETS))


@click.command()
@click.argument("application", type=NAMES)
@click.option(
    "--bind", default="127.0.0.1:8000", show_default=True, help="ADDRESS:PORT or unix:PATH"
)
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option(
    "--threads", type=click.IntRange(1, 256), help="for each worker; default: as measured"
)
def serve(application: str, bind: str, workers: int, threads: int | None) -> None:
    """Serve the portal or the console.

    Replaces this process by gunicorn, so that a supervisor sees the server itself. Settings come
    from the environment: ZEGEL_HOME, ZEGEL_DATABASE_URL, ZEGEL_EVIDENCE_URL,
    ZEGEL_TRUSTED_HOSTS, ZEGEL_SECRET_KEY_FILE.
    """
    check_server()
    # What is missing is said here in one line, and not by a worker that ends again and again.
    settings = from_environment(Audience(application))
    database = Database(settings.database_url)
    database.check()
    database.close()
    EvidenceStore(settings.evidence_url).check()
    served_look(settings.home)
    command = server_command(application, bind, workers, threads)
    os.execve(command[0], command, {**os.environ, **WIPING})  # noqa: S606 - no shell, our own interpreter
