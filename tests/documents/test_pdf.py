import subprocess
import sys
from pathlib import Path

import pytest

from matchmaker.documents.pdf import LayoutError, pdf
from matchmaker.documents.plans.schedules import Slip, slips_pdf

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_input_gives_the_same_bytes(stamp):
    assert slips_pdf([Slip("Priya Nair", "", ())], stamp) == slips_pdf([Slip("Priya Nair", "", ())], stamp)


def test_the_pdf_says_its_title_language_and_date_and_is_tagged(stamp, reader):
    made = reader(slips_pdf([Slip("Priya Nair", "", ())], stamp))
    assert made.metadata.title == "Personal schedules for Data Together"
    assert made.metadata.creation_date == stamp.made_at
    root = made.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == ("en-GB", True, True)
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data()


def test_every_font_is_inside(stamp, hard_names):
    made = slips_pdf([Slip(name, "", ()) for name in hard_names], stamp)
    listed = subprocess.run(["pdffonts", "-"], input=made, capture_output=True, check=True).stdout.decode()
    rows = [line.split() for line in listed.splitlines()[2:]]
    assert len(rows) >= 6
    # The last columns: embedded, subset, and with the letters that its glyphs stand for.
    assert {tuple(row[-5:-2]) for row in rows} == {("yes", "yes", "yes")}


def test_a_sheet_that_cannot_be_laid_out_says_where(stamp):
    with pytest.raises(LayoutError, match=r"slips\.typ"):
        pdf("slips", "No values", stamp.made_at, {})


def test_importing_the_documents_loads_no_heavy_library():
    program = (
        "import sys; from matchmaker.documents import mail, pdf\n"
        "from matchmaker.documents.plans import master_list, spreadsheets, table_cards\n"
        "print(sorted({'typst', 'openpyxl', 'flask', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    assert done.stdout == "[]\n"
