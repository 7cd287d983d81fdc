"""The fonts that paper is printed in: ours, those of the extra `scripts`, and never the machine's own.

So a sheet looks the same wherever it is made, and which signs will be missing is known before it is.
"""

import functools
import importlib.util
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont

from matchmaker.documents import paper

MORE_SCRIPTS = "pip install 'matchmaker[scripts]'"
"""What brings fonts for the alphabets that Source Sans does not have."""

_BOXES = "□?"
"""What stands on paper for a sign that no font has: the first that a font does have."""

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_VARIANTS = re.compile("[\u034f\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Of the signs that Unicode counts among formats and spaces, these are drawn.
_SEEN = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u1680\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f]"
)

_PACKAGES = (("fontpkg_ibm_plex_sans_arabic", "files"), ("manimgx_fonts", "."), ("manimgx_fonts_cjk", "."))

# Noto Sans Arabic draws dots apart from letters, so a reader of the PDF meets each letter twice: Plex goes first.
_FIRST = ("Source Sans 3", "Noto Sans", "IBM Plex Sans Arabic")
# The regions of one collection have the same signs; `own` in paper.typ asks for Japanese forms where kana say so.
_SAME_AS_ANOTHER = frozenset(f"Noto Sans CJK {region}" for region in ("HK", "JP", "KR", "TC"))
_LAST = ("Noto Sans CJK SC", "Noto Sans Symbols", "Noto Emoji")


@dataclass(frozen=True)
class Fonts:
    """Font files in some folders, by family in the order in which a sign is looked for; `has` are code points."""

    folders: tuple[Path, ...]
    families: tuple[str, ...]
    has: frozenset[int]

    def missing(self, text: str) -> str:
        """Return the signs of a text that no font has, each once, in the order they come.

        Spaces, controls, joiners and marks of direction are not drawn, so they are never missing.
        """
        return "".join(
            dict.fromkeys(
                sign
                for sign in unicodedata.normalize("NFC", text)
                if ord(sign) not in self.has and not _is_unseen(sign)
            )
        )

    def drawable(self, value: Any) -> Any:
        """Return a JSON value with a box for every sign of its texts that no font has, and a space for a control."""
        if isinstance(value, str):
            whole = _CONTROLS.sub(" ", unicodedata.normalize("NFC", value))
            box = next(sign for sign in _BOXES if ord(sign) in self.has)
            return whole.translate({ord(sign): box for sign in self.missing(whole)})
        if isinstance(value, dict):
            return {key: self.drawable(part) for key, part in value.items()}
        return [self.drawable(part) for part in value] if isinstance(value, (list, tuple)) else value


def _is_unseen(sign: str) -> bool:
    unseen = unicodedata.category(sign) in {"Cc", "Cf", "Zs", "Zl", "Zp"} or _VARIANTS.fullmatch(sign)
    return bool(unseen) and not _SEEN.fullmatch(sign)


def unprintable(names: Iterable[str], fonts: Fonts | None = None) -> list[tuple[str, str]]:
    """Return each name that would lose signs on paper, with those signs, in the order given."""
    found = fonts or installed()
    return [(name, lost) for name in names if (lost := found.missing(name))]


@functools.cache
def installed() -> Fonts:
    """Return the fonts of this installation. Raises FileNotFoundError if the front-end files are not built."""
    ours = paper.folder("static") / "vendor" / "source-sans-3"
    return of_folders((ours, *_of_packages()))


@functools.cache
def more_scripts_installed() -> bool:
    """Whether the fonts of the extra `scripts` are all there. Looked for once, as `installed` is."""
    return len(list(_of_packages())) == len(_PACKAGES)


def of_folders(folders: tuple[Path, ...]) -> Fonts:
    """Return the fonts in these folders. Raises FileNotFoundError if there are none."""
    found: dict[str, frozenset[int]] = {}
    for file in (file for folder in folders for file in sorted(folder.glob("*.[to]t[fc]"))):
        with TTCollection(file, lazy=True) if file.suffix == ".ttc" else TTFont(file, lazy=True) as opened:
            for font in getattr(opened, "fonts", [opened]):
                family = font["name"].getBestFamilyName()
                if family not in found and family not in _SAME_AS_ANOTHER:
                    found[family] = frozenset(font.getBestCmap())
    if not found:
        raise FileNotFoundError(
            "There are no fonts to print with: run `npm ci` and `matchmaker assets build`."
        )
    between = sorted(found.keys() - {*_FIRST, *_LAST})
    families = tuple(name for name in (*_FIRST, *between, *_LAST) if name in found)
    return Fonts(folders, families, frozenset().union(*found.values()))


def _of_packages() -> Iterator[Path]:
    for package, folder in _PACKAGES:
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or ()) if found else ():
            yield Path(place) / folder
