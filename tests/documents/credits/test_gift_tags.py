import io
import subprocess
import tempfile
from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image

from matchmaker.documents.credits.gift_tags import gift_tag, tags_pdf
from matchmaker.documents.credits.label_files import Labelled
from matchmaker.recognition.label import Credit, LabelPerson, Thanks, make_label
from matchmaker.recognition.states import ContributionState, EndorsementState

AT = datetime(2026, 11, 12, 9, 42, tzinfo=UTC)
YES = ContributionState.ACCEPTED


def tag(names, sentences=(), title="River levels", page=""):
    people = [LabelPerson(number, name, "Water Office") for number, name in enumerate(names, start=1)]
    given = [
        Thanks(LabelPerson(99, "Cy", "Soil Office"), people[0], "checked", text, EndorsementState.ACCEPTED)
        for text in sentences
    ]
    label = make_label([Credit(person, "checked", YES) for person in people], given)
    return gift_tag(Labelled("1", title, "Water Office", "", label, page))


def made(*tags, fonts=None):
    return tags_pdf(tags, "Data Together", AT, fonts)


def test_a_tag_says_what_it_is_whom_it_is_from_and_one_thanks(heard):
    assert heard(made(tag(["Ada"], ["You found every error.", "And then the others."]))) == (
        "River levels Water Office From Ada, Water Office Checked its quality "
        "“You found every error.” Cy, Soil Office"
    )


def test_only_a_public_label_has_a_code_and_the_code_is_its_address(heard):
    address = "https://labels.example/labels/rivers"
    inside, public = made(tag(["Ada"])), made(tag(["Ada"], page=address))
    assert "The whole label" not in heard(inside)
    assert "The whole label: labels.example/labels/rivers" in heard(public)
    assert scanned(inside) == []
    assert scanned(public) == [address]


def scanned(pdf):
    """Read the codes on the first page as a telephone would, from a picture of it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        picture = subprocess.run(
            ["pdftoppm", "-r", "150", "-png", "-singlefile", file.name], capture_output=True, check=True
        ).stdout
    return [one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def test_six_tags_go_on_a_sheet_and_come_out_in_order(pages):
    text = pages(made(*[tag(["Ada"], title=f"Dataset {number:02}") for number in range(1, 8)]))
    assert [page.count("Dataset0") for page in text] == [6, 1]
    with pytest.raises(ValueError, match="nothing to print"):
        tags_pdf([], "Data Together", AT)


def test_who_does_not_fit_is_counted(heard):
    said = heard(made(tag([f"Somebody Number {number}" for number in range(1, 61)])))
    shown = said.count("Somebody Number")
    assert 10 < shown < 60
    assert "From Somebody Number 1, Water Office; Somebody Number 10, Water Office; " in said
    assert said.endswith(f"; and {60 - shown} more people")


def test_smaller_type_goes_before_the_thanks_is_left_out(heard, words):
    long, short = ("You found every error in it. " * count for count in (8, 1))
    sizes = []
    for sentence in (long, short):
        pdf = made(tag(["Ada"], [sentence.strip()], page="https://x.example/1"))
        assert sentence.strip() in heard(pdf)
        sizes.append(next(word.bottom - word.top for word in words(pdf)[0] if word.text == "levels"))
    assert sizes[0] < sizes[1]


def test_a_thanks_too_long_for_the_tag_gives_way_to_a_shorter_one(heard):
    said = heard(
        made(tag(["Ada"], ["Long words " * 45, "You found every error."], page="https://x.example/1"))
    )
    assert "“You found every error.” Cy, Soil Office" in said
    assert "Long words" not in said


@pytest.mark.parametrize("page_address", ["", "https://labels.example/labels/rivers"])
@pytest.mark.parametrize("count", [1, 4, 12])
def test_nothing_leaves_the_tag(count, page_address, hard_names, any_fonts, words):
    names = [hard_names[number % len(hard_names)] + f" {number}" for number in range(count)]
    one = tag(names, ["word " * 60], title="A rather long title " * 8, page=page_address)
    (page,) = words(made(one, fonts=any_fonts))
    for word in page:
        assert word.left >= 9.5, word
        assert word.right <= 105 - 9.5, word
        foot = word.text in f"The whole label: {page_address[8:]}"
        assert word.bottom <= 99 - (4 if foot or not page_address else 27), word
