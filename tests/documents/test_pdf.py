import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from matchmaker.documents import paper, pdf
from matchmaker.documents.plans.schedules import Slip, slips_html, slips_pdf

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_input_gives_the_same_bytes(stamp):
    assert slips_pdf([Slip("Priya Nair", "", ())], stamp) == slips_pdf([Slip("Priya Nair", "", ())], stamp)


def test_the_pdf_says_its_title_language_and_date_and_is_tagged(stamp):
    reader = pypdf.PdfReader(io.BytesIO(slips_pdf([Slip("Priya Nair", "", ())], stamp)))
    assert reader.metadata.title == "Personal schedules for Data Together"
    assert reader.metadata.creation_date == stamp.made_at
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == ("en-GB", True, True)
    assert b"pdfuaid" in reader.xmp_metadata.stream.get_data()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/print.css",
        "https://example.org/print.css",
        "https://static.invalid.example.org/print.css",
        "http://static.invalid/print.css",
        "file:///etc/passwd",
        "https://static.invalid/../pyproject.toml",
        "https://static.invalid/%2e%2e/pyproject.toml",
        "https://static.invalid/vendor/../../pyproject.toml",
        "data:text/css,x",
    ],
)
def test_only_static_files_are_served(address):
    with pytest.raises(ValueError, match="Not one of our static files"):
        pdf.static_file(address)


def test_a_static_file_is_served_from_its_folder():
    assert pdf.static_file(pdf.asset("print.css") + "?v=1") == paper.folder("static") / "print.css"


def test_a_page_that_asks_for_other_files_is_printed_without_them(stamp, pages):
    html = slips_html([Slip("Priya Nair", "", ())], stamp, pdf.asset)
    secret = ROOT / "pyproject.toml"
    hostile = html.replace(
        "</main>",
        f'<img src="{secret.as_uri()}" alt=""><img src="http://127.0.0.1:1/x.png" alt="">'
        f'<object data="{secret.as_uri()}"></object></main>',
    )
    text = "".join(pages(pdf.pdf([hostile])))
    assert "PriyaNair" in text
    assert "hatchling" not in text


def test_without_pango_the_words_say_what_to_install(tmp_path):
    """Another process, where WeasyPrint fails the way it does on a machine without Pango."""
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")\n")
    program = (
        "from matchmaker.documents import pdf\n"
        "try:\n    pdf.pdf(['<p>x'])\n"
        "except pdf.PdfUnavailable as said:\n    print(said)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]\n{program}"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == (
        "PDFs need the Pango library, which is not on this machine. On Debian or Ubuntu install it with: "
        "apt install libpango-1.0-0 libpangoft2-1.0-0. On a Mac: brew install pango. Until then, open the "
        "print page and print it from your browser. (The system says: cannot load library 'libpango-1.0-0')\n"
    )


def test_importing_the_documents_loads_no_heavy_library():
    program = (
        "import sys; from matchmaker.documents import mail\n"
        "from matchmaker.documents.people import codes\n"
        "from matchmaker.documents.plans import master_list, table_cards, tables\n"
        "print(sorted({'weasyprint', 'openpyxl', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert done.stdout == "[]\n"
