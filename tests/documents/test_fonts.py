import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents.fonts import installed, of_folders, unprintable
from matchmaker.documents.people.codes import CodeSheet, PrintedCode, codes_pdf
from tests.documents.conftest import HARD_NAMES, OURS


def test_ours_alone_has_latin_greek_and_cyrillic_and_names_the_signs_of_others():
    ours = of_folders((OURS,))
    names = ["Llŷr Ŵyn", "Nguyễn Thị Ánh", "Иван", "Ελένη", "王小明", "Ana 🦊", "يعل"]
    assert unprintable(names, ours) == [("王小明", "王小明"), ("Ana 🦊", "🦊"), ("يعل", "يعل")]


def test_with_more_scripts_every_hard_name_can_be_printed():
    assert unprintable(HARD_NAMES, installed()) == []


def test_a_sign_that_nothing_draws_is_never_missing():
    ours = of_folders((OURS,))
    assert ours.missing("A\u200d\u200fB \u2068C\u2069\n\ufeff") == ""


def test_an_accent_written_apart_is_looked_for_with_its_letter():
    assert of_folders((OURS,)).missing("Ange\u0301la") == ""


def test_a_box_stands_for_what_is_missing_wherever_it_is_in_a_value():
    ours = of_folders((OURS,))
    assert ours.drawable({"a": ["王 Li", 3, None], "b": True}) == {"a": ["□ Li", 3, None], "b": True}


def test_a_control_is_a_space_and_a_variant_of_a_picture_needs_no_sign_of_its_own():
    ours = of_folders((OURS,))
    assert ours.missing("A\x96B 🦊\ufe0f") == "🦊"
    assert ours.drawable("A\x96B\n") == "A B "


def test_no_sign_that_is_not_drawn_stops_a_sheet(stamp, starts, reader):
    unseen = [
        chr(point)
        for point in range(sys.maxunicode)
        if unicodedata.category(chr(point)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    ]
    sheet = CodeSheet("Data Together", "example.org", starts(9), stamp.made_at, stamp.zone)
    codes = [PrintedCode(f"A{sign}B", "", "123456") for sign in unseen]
    assert len(reader(codes_pdf(codes, sheet, of_folders((OURS,)))).pages) == -(-len(unseen) // 10)


@given(st.text())
def test_nothing_drawable_is_missing(text):
    assert installed().missing(installed().drawable(text)) == ""


def test_no_fonts_at_all_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="matchmaker assets build"):
        of_folders((tmp_path,))
