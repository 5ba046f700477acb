"""The office's logo, drawn anew and small, as it stands in the pages.

It goes into each page as a `data:` address: on an onion without TLS, browsers ask for a picture
over https, where nothing answers. What it is drawn from is read in the locked process, like every
picture that somebody else made; and it stands on white, for which logos are made.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path

from flask_babel import gettext as _

from cases.saying import why
from inspection.client import Inspector
from inspection.findings import InspectionFailed, Pixels
from inspection.small_picture import small_picture
from web.look.office import LogoFile, Texts
from web.look.parts import LookInvalid
from web.saying import translated

# Twice what is shown, for fine screens.
MOST_WIDTH, MOST_HEIGHT, FINENESS = 480, 96, 2
# A form with all it asks for stays well under 60 kB (tests/integration/portal).
MOST_BYTES = 12 * 1024
LEAST = 32
KINDS = frozenset({"image/png", "image/jpeg", "image/webp"})
_LARGEST_FILE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Logo:
    """The logo in a page; width and height in CSS pixels."""

    address: str = field(repr=False)
    width: int
    height: int
    alternative: Texts

    @property
    def weight(self) -> int:
        """What it adds to each page, in bytes."""
        return len(self.address)


def draw(file: LogoFile) -> Logo:
    """The logo of a file. Raises LookInvalid."""
    name = file.path.name
    found = small_picture(_pixels(file), MOST_WIDTH, MOST_HEIGHT, MOST_BYTES)
    if found is None:
        most = MOST_BYTES // 1024
        raise LookInvalid(_("%(name)s has too much detail for %(most)s KiB", name=name, most=most))
    if min(found.width, found.height) < LEAST:
        raise LookInvalid(
            _(
                "%(name)s is too small or too thin: no side may have less than %(least)s points",
                name=name,
                least=LEAST,
            )
        )
    return Logo(
        f"data:image/webp;base64,{b64encode(found.webp).decode()}",
        found.width // FINENESS,
        found.height // FINENESS,
        file.alternative,
    )


def _pixels(file: LogoFile) -> Pixels:
    name = file.path.name
    content = _content(file.path)
    try:
        with Inspector() as inspector:
            if inspector.look((content,), len(content), name).media_type not in KINDS:
                raise LookInvalid(_("%(name)s is no PNG, JPEG or WebP picture", name=name))
            page = inspector.page((content,), len(content), name, 0)
    except InspectionFailed:
        page = None
    if not isinstance(page, Pixels):
        raise LookInvalid(_("%(name)s is a picture that cannot be drawn", name=name))
    return page


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
    except OSError as problem:
        said = translated(why(problem))
        raise LookInvalid(
            _("%(name)s cannot be read: %(problem)s", name=path.name, problem=said)
        ) from None
    if len(content) > _LARGEST_FILE:
        most = _LARGEST_FILE // 1024 // 1024
        raise LookInvalid(_("%(name)s is larger than %(most)s MiB", name=path.name, most=most))
    return content
