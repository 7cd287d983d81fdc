"""What these tests share: people whose names are hard to print, an event, named fonts, and ways to read a PDF."""

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import manimgx_fonts
import pypdf
import pytest

from matchmaker.documents import fonts as installation
from matchmaker.documents import paper
from matchmaker.documents.fonts import Fonts
from matchmaker.documents.mail import Sender
from matchmaker.documents.plans.stamp import Stamp

LONDON = ZoneInfo("Europe/London")
MM_PER_POINT = 25.4 / 72
OURS = paper.folder("static") / "vendor" / "source-sans-3"
WIDER = Path(manimgx_fonts.__file__).with_name("NotoSans[wght].ttf")

HARD_NAMES = (
    "Llŷr Gruffydd-Ŵyn ap Gwilym",
    "Zażółć Gęślą-Jaźń Brzęczyszczykiewicz",
    "Nguyễn Thị Ánh Tuyết",
    "محمد عبد الرحمن الأنصاري",
    "יעל כהן",
    "王小明",
    "山田 さくら",
    "김철수",
    "देवनागरी शर्मा",
    "Ana-Sofía 🦊 O'Connor",
    "Maximiliana Alexandrina Theodora Wolfeschlegelsteinhausen von Hohenzollern-Sigma",
    "W" * 80,
    "#strong[Sukarno] $x$ <b>",
)


@pytest.fixture
def hard_names() -> tuple[str, ...]:
    return HARD_NAMES


@pytest.fixture
def stamp() -> Stamp:
    return Stamp("Data Together", 3, datetime(2026, 11, 12, 9, 42, tzinfo=UTC), LONDON)


@pytest.fixture
def starts() -> Callable[[int], datetime]:
    """When a round starts: round 1 at ten, one every twenty minutes."""
    return lambda round_: datetime(2026, 11, 12, 10, tzinfo=UTC) + timedelta(minutes=20 * (round_ - 1))


@pytest.fixture(params=["ours alone", "ours and more scripts", "another, wider typeface alone"])
def any_fonts(request: pytest.FixtureRequest, tmp_path: Path) -> Fonts:
    """Fonts by name: what a machine happens to have must never matter."""
    if request.param == "ours alone":
        return installation.of_folders((OURS,))
    if request.param == "ours and more scripts":
        return installation.installed()
    (tmp_path / WIDER.name).symlink_to(WIDER)
    return installation.of_folders((tmp_path,))


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page of a PDF without any space: where lines break is the layout's business."""
    return lambda pdf: [squeezed(page) for page in read(pdf).split("\f")[:-1]]


@pytest.fixture
def is_in() -> Callable[[str, str], bool]:
    """Whether a name stands whole in the text of a PDF, where right-to-left words may come in either order."""

    def look(name: str, text: str) -> bool:
        if re.search("[\u0590-\u06ff]", name):
            # One glyph may stand for two letters, which then come in the order of the glyph.
            return all(sorted(word) in [sorted(there) for there in text.split()] for word in name.split())
        return squeezed(name) in squeezed(text)

    return look


def read(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    # Marks of direction and the places where a long word may break are not drawn.
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", done.stdout.decode())


@pytest.fixture
def text() -> Callable[[bytes], str]:
    return read


@pytest.fixture
def squeeze() -> Callable[[str], str]:
    return squeezed


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


@dataclass(frozen=True)
class Word:
    """A word where it stands on its page, in millimetres from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture
def words() -> Callable[[bytes], list[list[Word]]]:
    """The words of each page of a PDF with their places."""

    def find(pdf: bytes) -> list[list[Word]]:
        done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
        # The title of the file, which stands before its words, is not written in UTF-8 where it has an emoji.
        return [
            [
                Word(unescape(words), *(float(edge) * MM_PER_POINT for edge in edges))
                for *edges, words in re.findall(
                    r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page
                )
            ]
            for page in done.stdout.decode(errors="replace").split("<page ")[1:]
        ]

    return find


@pytest.fixture
def reader() -> Callable[[bytes], pypdf.PdfReader]:
    return lambda pdf: pypdf.PdfReader(io.BytesIO(pdf))


@pytest.fixture
def sender():
    """Who stands behind a mail."""
    return Sender("the organisers of Data Together", "hello@example.org")
