"""HTML to PDF, for screen readers and printers (PDF/UA-1), without reaching beyond our own static files.

WeasyPrint does the work and needs the Pango library on the machine. Where that is missing, `PdfUnavailable`
says what to install, and the same pages still print from a browser.

A long document comes in parts that are laid out one by one, so that a progress bar can move, and is written
as one file. The same HTML gives the same bytes: the dates inside are those of the page, the identifier is its
hash.
"""

import functools
import hashlib
import mimetypes
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from matchmaker.documents import paper

BASE = "https://static.invalid/"
Progress = Callable[[int, int], None]


class PdfUnavailable(Exception):
    """No PDF can be made on this machine; the message says what to install, and what to do meanwhile."""

    def __init__(self, cause: Exception) -> None:
        """Keep the system's own words at the end, for whoever looks into it."""
        super().__init__(
            "PDFs need the Pango library, which is not on this machine. On Debian or Ubuntu install it with: "
            "apt install libpango-1.0-0 libpangoft2-1.0-0. On a Mac: brew install pango. "
            f"Until then, open the print page and print it from your browser. (The system says: {cause})"
        )


def asset(path: str) -> str:
    """Give the address of a static file as the PDF maker sees it."""
    return BASE + path


def pdf(parts: Sequence[str], progress: Progress | None = None) -> bytes:
    """Lay out one or more HTML documents and write them as one PDF.

    `progress(done, total)` is called after each part. Title and dates are those of the first part; page
    numbers start again in each part. Raises PdfUnavailable without Pango, ValueError without parts.
    """
    if not parts:
        raise ValueError("There is nothing to print.")
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - heavy, only for a PDF

    fonts, fetcher = FontConfiguration(), _fetcher(weasyprint)
    options = {"pdf_variant": "pdf/ua-1", "font_config": fonts}
    documents = []
    for done, html in enumerate(parts, start=1):
        source = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        only_here = weasyprint.CSS(url=asset("weasyprint.css"), url_fetcher=fetcher, font_config=fonts)
        documents.append(source.render(stylesheets=[only_here], **options))
        if progress:
            progress(done, len(parts))
    pages = [page for document in documents for page in document.pages]
    identifier = hashlib.sha256("\f".join(parts).encode()).hexdigest()[:32].encode()
    written: bytes = documents[0].copy(pages).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return written


def _weasyprint() -> ModuleType:
    """Load the library on first use; it raises OSError when Pango is missing."""
    try:
        import weasyprint  # noqa: PLC0415 - heavy, only for a PDF
    except (OSError, ImportError) as cause:
        raise PdfUnavailable(cause) from cause
    module: ModuleType = weasyprint
    return module


def _fetcher(weasyprint: ModuleType) -> Any:
    class StaticFiles(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Answer for our own static files and for nothing else, so that no name can make the server fetch."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            file = static_file(url)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return StaticFiles()


def static_file(url: str) -> Path:
    """Find the file an address under `BASE` stands for. Raises ValueError for any other address or folder."""
    address = urlsplit(url)
    root = _static()
    file = (root / unquote(address.path).lstrip("/")).absolute()
    inside = ".." not in file.parts and file.is_relative_to(root)
    if f"{address.scheme}://{address.netloc}/" != BASE or not inside:
        raise ValueError(f"Not one of our static files: {url}")
    return file


@functools.cache
def _static() -> Path:
    return paper.folder("static").absolute()
