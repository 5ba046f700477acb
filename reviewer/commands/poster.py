"""`zegel poster`: what public services hang on a wall and hand out."""

import subprocess
import sys
from contextlib import closing

import click
from flask_babel import gettext as _

from cases.domain.reference import LANGUAGES
from cases.queries.reference_data import current
from reviewer.commands.failures import CommandFailed
from reviewer.commands.surroundings import open_database, verified_roster
from reviewer.posters.addresses import is_onion, is_public
from reviewer.posters.sheets import DOES_NOT_FIT, Ink, Kind, Paper, Sheet, to_bytes
from web.look.office import Look
from web.look.palette import Scheme
from web.look.reading import read_look, tokens_of
from web.settings import home_folder


class AddressParam(click.ParamType[str]):
    """An address that anybody can open who reads it on a wall."""

    name = "url"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Take it as it is; a slip of the pen in an onion address is noticed by its checksum."""
        address = str(value).strip()
        if not is_public(address):
            self.fail(_("not an address such as https://name.example, or an onion's"), param, ctx)
        return address


@click.command()
@click.option("--lang", "language", type=click.Choice(LANGUAGES), required=True)
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default="poster")
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in Paper]),
    help="of a poster; A3 unless you say A4",
)
@click.option(
    "--address",
    type=AddressParam(),
    help="where the portal is; by default what the reference data says",
)
@click.option("--onion", type=AddressParam(), help="its onion address, printed beside the other")
@click.option(
    "--output", type=click.Path(dir_okay=False, allow_dash=True), help="- writes to the output"
)
def poster(
    language: str,
    kind: str,
    paper: str | None,
    address: str | None,
    onion: str | None,
    output: str | None,
) -> None:
    """Make a PDF to print: a poster, a leaflet (A5, two sides) or a sheet of ten cards.

    It names the office, says what can be reported, how, and what happens next, and shows the
    portal's address as words and as a QR code.
    """
    if paper and kind != Kind.POSTER:
        raise click.UsageError(_("--paper is for a poster"))
    if onion and not is_onion(onion):
        raise click.UsageError(_("--onion takes an onion address; --address takes the other"))
    if onion and kind == Kind.CARDS:
        raise click.UsageError(_("a card has room for one address: give the onion as --address"))
    sheet = _sheet(Kind(kind), Paper(paper or Paper.A3), language, address, onion or "")
    name = output or f"{kind}-{language}.pdf"
    pdf = _pdf(sheet)
    with click.open_file(name, "wb") as file:
        file.write(pdf)
    if name != "-":
        click.echo(name)


def _sheet(kind: Kind, paper: Paper, language: str, address: str | None, onion: str) -> Sheet:
    look = read_look(home_folder())
    with closing(open_database()) as database:
        signed = verified_roster(database).roster.office
        with database.reading() as session:
            reference = current(session)
    lines = reference.setting("office.address").split(";")
    return Sheet(
        kind=kind,
        paper=paper,
        language=language,
        office=look.name(language, signed),
        office_lines=tuple(line.strip() for line in lines if line.strip()),
        address=address or _known(reference.setting("portal.address")),
        onion=onion,
        ink=_ink(look),
    )


def _ink(look: Look) -> Ink:
    tokens = {name: str(colour) for name, colour in tokens_of(look, Scheme.LIGHT).items()}
    return Ink(tokens["brand"], tokens["on-brand"], tokens["accent"], tokens["info"])


def _known(address: str) -> str:
    if not is_public(address):
        raise CommandFailed(
            _("nobody can open %(address)s: give --address, or set portal.address", address=address)
        )
    return address


def _pdf(sheet: Sheet) -> bytes:
    # What makes PDFs stays out of this process: see the package.
    made = subprocess.run(
        [sys.executable, "-m", "reviewer.posters"],
        input=to_bytes(sheet),
        capture_output=True,
        check=False,
    )
    if made.returncode == DOES_NOT_FIT:
        raise CommandFailed(
            _("the texts do not fit on the paper; is the office's name or address very long?")
        )
    if made.returncode:
        said = made.stderr.decode(errors="replace").strip().splitlines() or [""]
        raise CommandFailed(_("no PDF was made: %(why)s", why=said[-1]))
    return made.stdout
