"""Make `crypto/words/*.txt` again from their sources.

Run from the root of the repository, in an environment with `tools/wordlists/requirements.txt`
and the packages that `docs/reference/word-lists.md` names:

    python -m tools.wordlists NAUGHTY_WORDS_FOLDER
"""

import json
import sys
from pathlib import Path

from tools.wordlists.choosing import BlockList, choose
from tools.wordlists.sources import SOURCES, Source, scores

COUNT = 7776
HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "crypto" / "words"


def main() -> None:
    """Write one list per language."""
    naughty = Path(sys.argv[1])
    for source in SOURCES:
        words = build(source, naughty)
        (TARGET / f"{source.language}.txt").write_text("\n".join(words) + "\n", encoding="ascii")


def build(source: Source, naughty: Path) -> list[str]:
    """The words of one language.

    Args:
        source: the language's row of the table.
        naughty: the unpacked npm package `naughty-words`.
    """
    blocked = BlockList(_lines(source.language) + _naughty_lines(naughty, source.language))
    candidates = scores(source)
    return choose({word: candidates[word] for word in candidates if word not in blocked}, COUNT)


def _lines(language: str) -> list[str]:
    return (HERE / "blocked" / f"{language}.txt").read_text(encoding="utf-8").splitlines()


def _naughty_lines(folder: Path, language: str) -> list[str]:
    lines: list[str] = json.loads((folder / f"{language}.json").read_text(encoding="utf-8"))
    return [line for line in lines if " " not in line]


if __name__ == "__main__":
    main()
