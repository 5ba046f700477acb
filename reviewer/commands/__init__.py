"""The command line of Zegel."""

import click

from reviewer.commands.audit import audit
from reviewer.commands.authorities import authorities
from reviewer.commands.backup import backup
from reviewer.commands.database import database, sessions
from reviewer.commands.demo import demo
from reviewer.commands.doctor import doctor
from reviewer.commands.erasure import erasure
from reviewer.commands.evidence import evidence
from reviewer.commands.failures import Commands
from reviewer.commands.jobs import jobs
from reviewer.commands.keys import keys
from reviewer.commands.look import look
from reviewer.commands.office import office
from reviewer.commands.poster import poster
from reviewer.commands.restore import bring_back
from reviewer.commands.roster import roster
from reviewer.commands.serve import serve
from reviewer.commands.staff import staff

__all__ = ["main"]

main = Commands(
    "zegel",
    help="Run an ombuds office's intake and case system.",
    commands=[
        demo,
        serve,
        office,
        staff,
        roster,
        keys,
        database,
        sessions,
        jobs,
        evidence,
        audit,
        authorities,
        poster,
        doctor,
        backup,
        bring_back,
        look,
        erasure,
    ],
)
click.version_option(package_name="zegel", message="zegel %(version)s")(main)
