"""`zegel look check`: what the office's own look gives, before its pages show it."""

import click
from flask_babel import gettext as _

from web.look.logo import Logo
from web.look.office import Look
from web.look.palette import Scheme, closest_pair
from web.look.parts import FILE_NAME
from web.look.reading import tokens_of
from web.look.served import served_look
from web.settings import home_folder


@click.group()
def look() -> None:
    """The office's own name, colours, logo and texts."""


@look.command()
def check() -> None:
    """Read look.toml and its logo as the applications do when they start.

    What cannot be used is said in one line, colours that many people could not read among it.
    """
    path = home_folder() / FILE_NAME
    if not path.exists():
        click.echo(_("there is no %(path)s: pages look as Zegel ships them", path=path))
        return
    served = served_look(path.parent)
    click.echo(_("%(path)s can be used", path=path))
    for line in (*_colours(served.look), *_logo(served.logo)):
        click.echo(line)


def _colours(look: Look) -> list[str]:
    return [
        _(
            "closest colours of %(scheme)s pages: %(shown)s on %(on)s, %(ratio)s:1",
            scheme=scheme.value,
            shown=closest.shown,
            on=closest.on,
            ratio=closest.rounded,
        )
        for scheme in Scheme
        for closest in (closest_pair(scheme, tokens_of(look, scheme)),)
    ]


def _logo(logo: Logo | None) -> list[str]:
    if logo is None:
        return []
    size = f"{logo.weight / 1000:.1f}"
    return [
        _(
            "logo: %(width)s by %(height)s points, %(size)s kB in each page",
            width=logo.width,
            height=logo.height,
            size=size,
        )
    ]
