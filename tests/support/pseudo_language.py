"""An invented language: every text accented and two fifths longer, written from right to left.

A page in it shows what a translation would break: a text that no translator can reach stays plain
English, and what has just room enough in English runs out of its place.
"""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# A language that Babel knows to run from right to left, and that nobody translated.
CODE = "ur"
NAME = "Íñvéñtéð"
ROOT = Path(__file__).parents[2]
EXTRACT = (
    *(sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg"),
    *("-k", "lazy_gettext", "-k", "lazy_pgettext:1c,2", "-k", "said", "."),
)

_LONGER = 0.4
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀçðéƒğĥíĵķļɱñóþɋřšţúṽŵẋýžÁƁÇÐÉƑĞĤÍĴĶĻṀÑÓÞɊŘŠŢÚṼŴẊÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# What a translator leaves as it is.
_KEPT = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+")
_WORD = re.compile(r"[a-zA-Z]+")


def pseudo(text: str) -> str:
    """The text in the invented language, its placeholders kept."""
    pieces, done = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_WORD.sub(_accented, text[done : kept.start()]), kept.group()]
        done = kept.end()
    return "".join([*pieces, _WORD.sub(_accented, text[done:])])


def catalogue(folder: Path) -> bytes:
    """The compiled catalogue of the invented language: every text of the code at this moment."""
    found = folder / "messages.pot"
    subprocess.run([*EXTRACT, "-o", str(found)], cwd=ROOT, check=True)
    compiled, translated = BytesIO(), Catalog(locale=CODE)
    for message in read_po(BytesIO(found.read_bytes())):
        if message.id:
            translated.add(message.id, _said(message, translated), context=message.context)
    write_mo(compiled, translated)
    return compiled.getvalue()


def program_with_it(folder: Path) -> None:
    """The program with one language more in `folder`: its code is linked, not copied.

    Nothing but data is added: a catalogue in a folder of its own, and a line in languages.toml.
    """
    for package in ("crypto", "cases", "inspection", "portal", "reviewer", "tests"):
        (folder / package).symlink_to(ROOT / package)
    _link_but(folder / "web", ROOT / "web", "translations")
    _link_but(folder / "web/translations", ROOT / "web/translations", "languages.toml")
    shipped = (ROOT / "web/translations/languages.toml").read_text("utf-8")
    (folder / "web/translations/languages.toml").write_text(f'{shipped}{CODE} = "{NAME}"\n')
    target = folder / "web/translations" / CODE / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / "messages.mo").write_bytes(catalogue(folder))


def _link_but(folder: Path, of: Path, different: str) -> None:
    folder.mkdir()
    for path in of.iterdir():
        if path.name not in {different, "__pycache__"}:
            (folder / path.name).symlink_to(path)


def _said(message: Message, translated: Catalog) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    one, other = message.id
    return (pseudo(one), *[pseudo(other)] * (translated.num_plurals - 1))


def _accented(found: re.Match[str]) -> str:
    word = found.group()
    return (word + word[-1] * round(len(word) * _LONGER)).translate(_ACCENTS)
