"""From `look.toml` to the office's look. Raises LookInvalid with one line for the operator."""

import tomllib
from pathlib import Path

from flask_babel import gettext as _

from cases.saying import why
from web.look.office import LogoFile, Look
from web.look.palette import Colours, Pair, Scheme, measured, of_the_house, of_the_office
from web.look.parts import (
    FILE_NAME,
    LookInvalid,
    address,
    colours,
    in_each_language,
    line,
    lines,
    paragraph,
    table,
)
from web.look.stylesheet import HOUSE
from web.saying import translated

_KEYS = ("name", "welcome", "contact", "site", "colours", "logo")
_LOGO_KEYS = ("file", "alt")
_MOST_BYTES = 64 * 1024


def read_look(home: Path) -> Look:
    """The look that lies in the office's folder; the one that ships where there is no file.

    Raises:
        LookInvalid.
    """
    written = _written(home / FILE_NAME)
    return look_of(written, home) if written is not None else Look()


def look_of(written: str, folder: Path) -> Look:
    """The look that a text sets; its logo lies in the folder. Raises LookInvalid."""
    try:
        given = table(tomllib.loads(written), _("the file"), _KEYS)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise LookInvalid(str(problem).replace("\n", " ")) from None
    look = Look(
        names=in_each_language(given.get("name"), "name", line),
        welcome=in_each_language(given.get("welcome"), "welcome", paragraph),
        contact=in_each_language(given.get("contact"), "contact", lines),
        site=in_each_language(given.get("site"), "site", address),
        colours=of_the_office(colours(given.get("colours")), of_the_house(HOUSE)),
        logo=_logo(given.get("logo"), folder),
    )
    _check_colours(look)
    return look


def tokens_of(look: Look, scheme: Scheme) -> Colours:
    """Every colour that pages have with this look."""
    return {**of_the_house(HOUSE)[scheme], **look.colours.get(scheme, {})}


def _written(path: Path) -> str | None:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise LookInvalid(_("it is larger than %(size)s KiB", size=_MOST_BYTES // 1024))
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise LookInvalid(
            _("it cannot be read: %(problem)s", problem=translated(why(problem)))
        ) from None
    except UnicodeDecodeError:
        raise LookInvalid(_("it is not UTF-8 text")) from None


def _logo(value: object, folder: Path) -> LogoFile | None:
    if value is None:
        return None
    given = table(value, "logo", _LOGO_KEYS)
    name = line(given.get("file"), "logo.file")
    if Path(name).name != name:
        raise LookInvalid(_("logo.file must be the name of a file beside it"))
    alternative = in_each_language(given.get("alt"), "logo.alt", line)
    if not alternative:
        raise LookInvalid(_("logo.alt must say in each language what the logo shows"))
    return LogoFile(folder / name, alternative)


def _check_colours(look: Look) -> None:
    for scheme in Scheme:
        for pair in measured(scheme, tokens_of(look, scheme)):
            if pair.is_faint:
                raise LookInvalid(_in_words(pair))


def _in_words(faint: Pair) -> str:
    return _(
        "colours.%(scheme)s: %(shown)s %(colour)s on %(on)s %(ground)s has a contrast of "
        "%(ratio)s:1; at least %(needed)s:1 is needed",
        scheme=faint.scheme.value,
        shown=faint.shown,
        colour=faint.colour,
        on=faint.on,
        ground=faint.ground,
        ratio=faint.rounded,
        needed=f"{faint.needed:g}",
    )
