"""From values to a PDF for printers and screen readers (PDF/UA-1), laid out by Typst.

The templates are `templates/print/*.typ`. Values reach them as JSON and are only ever text there, so nobody's
name can be markup, read a file or fetch an address. The same values give the same bytes: the dates inside are
those of the sheets.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matchmaker.documents import paper
from matchmaker.documents.fonts import Fonts, installed

_COMPOSITOR = Path(__file__).with_name("compositor.py")


class LayoutError(Exception):
    """Sheets could not be laid out; the message is what Typst said, with the line of the template."""


@dataclass(frozen=True)
class Sheets:
    """Sheets of one kind, ready to be laid out: the template, the title, when they were made, and the JSON values."""

    template: str
    title: str
    made_at: datetime
    values: Mapping[str, object]

    def pdf(self, fonts: Fonts | None = None) -> bytes:
        """Lay them out. Raises LayoutError."""
        return pdf(self.template, self.title, self.made_at, self.values, fonts)


def pack(parts: Sequence[Sheets], title: str, fonts: Fonts | None = None) -> bytes:
    """Lay out several kinds of sheets, each of another template, as one PDF in this order. Raises LayoutError."""
    values = {
        "order": [one.template for one in parts],
        "parts": {one.template: {"title": one.title, **one.values} for one in parts},
    }
    return pdf("pack", title, max(one.made_at for one in parts), values, fonts)


def pages(content: bytes) -> int:
    """Return how many pages a PDF of ours has; each is an object of its own in it."""
    return len(re.findall(rb"/Type\s*/Page\b", content))


def pdf(
    template: str, title: str, made_at: datetime, values: Mapping[str, object], fonts: Fonts | None = None
) -> bytes:
    """Lay out `templates/print/<template>.typ` with JSON values; `made_at` carries a zone.

    `fonts` are those of this installation unless others are named; a sign that none of them has becomes a box.
    Raises LayoutError.
    """
    used = fonts or installed()
    root = paper.folder("templates") / "print"
    data = used.drawable({"title": title, **values}) | {"fonts": used.families}
    asked = {
        "template": str(root / f"{template}.typ"),
        "root": str(root),
        "folders": [str(folder) for folder in used.folders],
        "data": json.dumps(data),
        "at": int(made_at.timestamp()),
    }
    done = subprocess.run(
        [sys.executable, "-P", str(_COMPOSITOR)],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise LayoutError(
            said or f"Laying out {template} ended with code {done.returncode}; was there memory enough?"
        )
    return done.stdout
