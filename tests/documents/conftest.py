"""What these tests share: people whose names are hard to print, an event, and ways to read what came out."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import pypdf
import pytest

from matchmaker.documents import paper
from matchmaker.documents.plans.stamp import Stamp

LONDON = ZoneInfo("Europe/London")
# These need fonts that few servers have: pypdf cannot read what is drawn as an empty box.
NO_FONT_ON_SERVERS = ("王小明", "Ana-Sofía 🦊 O'Connor")
HARD_NAMES = (
    "Llŷr Gruffydd-Ŵyn ap Gwilym",
    "Zażółć Gęślą-Jaźń Brzęczyszczykiewicz",
    "محمد عبد الرحمن الأنصاري",
    *NO_FONT_ON_SERVERS,
    "Maximiliana Alexandrina Theodora Wolfeschlegelsteinhausen von Hohenzollern-Sigma",
    "W" * 80,
    "Sukarno",
)


@pytest.fixture
def hard_names() -> tuple[str, ...]:
    return HARD_NAMES


@pytest.fixture
def drawn_names() -> tuple[str, ...]:
    return tuple(name for name in HARD_NAMES if name not in NO_FONT_ON_SERVERS)


@pytest.fixture
def stamp() -> Stamp:
    return Stamp("Data Together", 3, datetime(2026, 11, 12, 9, 42, tzinfo=UTC), LONDON)


@pytest.fixture
def starts() -> Callable[[int], datetime]:
    """When a round starts: round 1 at ten, one every twenty minutes."""
    return lambda round_: datetime(2026, 11, 12, 10, tzinfo=UTC) + timedelta(minutes=20 * (round_ - 1))


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page of a PDF without any space: where lines break is the layout's business."""
    return lambda pdf: [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture
def squeeze() -> Callable[[str], str]:
    return squeezed


def squeezed(text: str) -> str:
    # pypdf writes NUL between the letters of a font in which some letter is missing.
    return re.sub(r"[\s\x00]", "", text)


@pytest.fixture
def parsed() -> Callable[[str], Any]:
    """Parse a page strictly, and check what every print page owes a screen reader."""

    def parse(html: str) -> Any:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        assert tree.get("lang") == "en-GB"
        assert len(tree.findall(".//main")) == 1
        assert len(tree.findall(".//h1")) == 1
        assert tree.find(".//title").text
        return tree

    return parse


@pytest.fixture
def texts() -> Callable[[Any, str], list[str]]:
    """The text of every element of a class, in order."""
    return lambda tree, name: [
        " ".join("".join(element.itertext()).split())
        for element in tree.iter()
        if name in (element.get("class") or "").split()
    ]


@pytest.fixture(params=["with our font", "with the machine's fonts"])
def laid_out(request: pytest.FixtureRequest, tmp_path: Any) -> Callable[..., Iterator[Any]]:
    """Lay a page out as the PDF maker does, with and without our font, and give the boxes of all pages."""
    import weasyprint  # noqa: PLC0415 - heavy: loaded only by tests of the layout

    static = paper.folder("static")
    css = (static / "print.css").read_text()
    if request.param != "with our font":
        css = re.sub(r"@font-face \{.*?\}", "", css, flags=re.DOTALL)
    (tmp_path / "print.css").write_text(css.replace('url("', f'url("{static.as_uri()}/'))

    def lay_out(render: Callable[[paper.Asset], str]) -> Iterator[Any]:
        html = render(lambda path: (tmp_path / path).as_uri())
        for page in weasyprint.HTML(string=html, base_url=tmp_path.as_uri()).render().pages:
            yield from page._page_box.descendants()

    return lay_out


@pytest.fixture
def written() -> Callable[[Any], str]:
    """All text in a box, without any space."""
    return lambda box: squeezed("".join(part.text for part in box.descendants() if hasattr(part, "text")))


@pytest.fixture
def bottom() -> Callable[[Any], float]:
    """The lower edge of what is drawn in a box, in CSS pixels."""
    return lambda box: max(
        part.position_y + part.height for part in box.descendants() if hasattr(part, "text")
    )
