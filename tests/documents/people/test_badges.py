import io
import subprocess

import pytest
import zxingcpp
from PIL import Image

from matchmaker.documents.people.badges import Badge, BadgeRow, folded_sheets, label_sheets


def badge(name: str = "Priya Nair", rows: tuple[BadgeRow, ...] = ()) -> Badge:
    return Badge(name, "Natural England", "she/her", "K7F3QXB29", rows)


def test_a_folded_badge_has_the_name_on_one_half_and_the_day_on_the_other(stamp, starts, words):
    rows = (BadgeRow(starts(1), 7, ("Tom Price",)), BadgeRow(starts(2), None, ()))
    (page,) = words(folded_sheets([badge(rows=rows)], stamp).pdf())
    half = {word.text: word.left > 105 for word in page}
    assert (half["Priya"], half["Nair"], half["Natural"], half["K7F3QXB29"]) == (True, True, True, True)
    assert (half["10am"], half["7"], half["Tom"], half["plan"]) == (False, False, False, False)
    assert "No meeting in this round" in " ".join(word.text for word in page)


def test_a_badge_of_somebody_without_meetings_sends_them_to_the_desk(stamp, heard):
    assert "Ask at the desk" in heard(folded_sheets([badge()], stamp).pdf())


def test_badges_are_in_order_of_surnames_two_to_a_sheet_and_ten_on_labels(stamp, pages):
    some = [badge(name) for name in ("Zoë Ash", "Ann Okafor", "Ben Carr")]
    folded = pages(folded_sheets(some, stamp).pdf())
    assert ["Ash" in folded[0], "Carr" in folded[0], "Okafor" in folded[1]] == [True, True, True]
    assert len(pages(label_sheets(some * 4, stamp).pdf())) == 2


@pytest.mark.parametrize("make", [folded_sheets, label_sheets])
def test_hard_names_are_whole_and_inside_their_badge(make, hard_names, stamp, any_fonts, text, is_in, words):
    made = make([badge(name) for name in hard_names], stamp).pdf(any_fonts)
    there = text(made)
    assert [name for name in map(any_fonts.drawable, hard_names) if not is_in(name, there)] == []
    wide = 105 if make is folded_sheets else 95
    for page in words(made):
        assert [word.text for word in page if word.left % wide > word.right % wide] == []


def test_a_label_lies_where_the_sheet_of_labels_has_it(stamp, reader):
    """Avery L4785: margins of 17.5 mm left and right and 13.5 mm above and below, gaps of 15 mm and of 5 mm."""
    at: list[tuple[str, float, float]] = []

    def note(text, page, place, _font, _size):
        if text.strip() in ("Ann", "Natural England"):
            left = place[4] * page[0] + place[5] * page[2] + page[4]
            up = place[4] * page[1] + place[5] * page[3] + page[5]
            at.append((text.strip(), left * 25.4 / 72, 297 - up * 25.4 / 72))

    (page,) = reader(label_sheets([badge(f"Ann {letter}") for letter in "ABCDEFGHIJ"], stamp).pdf()).pages
    page.extract_text(visitor_text=note)
    names = [(left, base) for text, left, base in at if text == "Ann"]
    corners = [(17.5 + 95 * column, 13.5 + 55 * row) for row in range(5) for column in range(2)]
    assert [left for left, _ in names] == pytest.approx([left + 4 for left, _ in corners], abs=0.05)
    # A line reaches 0.8 of its size above its base, and 0.22 below it; 4 mm are left free at the edges.
    first, last = 4 + 0.8 * 34 * 25.4 / 72, 50 - 4 - 0.22 * 11 * 25.4 / 72
    assert [base for _, base in names] == pytest.approx([top + first for _, top in corners], abs=0.05)
    ends = [base for text, _, base in at if text == "Natural England"]
    assert ends == pytest.approx([top + last for _, top in corners], abs=0.05)


LONG = "Zaphod Beeblebrox" + "-And-So-On-For-Ever" * 9
OFFICE = (
    "The Interdepartmental Directorate for Cross-Cutting Data Infrastructure, Standards and Assurance" * 2
)


@pytest.mark.parametrize("name", ["Priya Nair", LONG, LONG.replace("-", " ")])
@pytest.mark.parametrize("make", [folded_sheets, label_sheets])
def test_the_code_reads_back_as_what_the_desk_looks_for(make, name, stamp, words):
    asked = Badge(name, OFFICE if name != "Priya Nair" else "Natural England", "she/her", "K7F3QXB29")
    made = make([asked], stamp).pdf()
    wide, left, top = (
        (210, 105 + 105 - 10 - 24, 148.5 - 9 - 24) if make is folded_sheets else (97.5, 78.5, 44.5)
    )
    (page,) = words(made)
    assert [
        word.text for word in page if left < word.right < wide and word.bottom > top and word.top < top + 24
    ] == []
    picture = subprocess.run(
        ["pdftoppm", "-png", "-r", "150", "-singlefile"], input=made, capture_output=True, check=True
    ).stdout
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert [one.text for one in found] == ["K7F3QXB29"]


def test_what_stands_below_a_name_in_deep_letters_is_further_down(stamp, words):
    def below(name: str) -> float:
        (page,) = words(folded_sheets([Badge(name, "Kew", "", "K7F3QXB29")], stamp).pdf())
        return next(word.top for word in page if word.text == "Kew")

    # A quarter of the 54 and 28 points of the two names.
    assert below("محمد الفاسي") - below("Ann Okafor") == pytest.approx((54 + 28) / 4 * 25.4 / 72, abs=0.5)


def test_no_badges_is_refused(stamp):
    with pytest.raises(ValueError, match="nothing to print"):
        folded_sheets([], stamp)
