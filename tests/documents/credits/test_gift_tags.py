from datetime import UTC, datetime

import pytest

from matchmaker.documents.credits.gift_tags import gift_tag, tags_html, tags_pdf
from matchmaker.documents.credits.label_files import Labelled
from matchmaker.recognition.label import Credit, Named, Thanks, make_label
from matchmaker.recognition.states import ContributionState, EndorsementState

AT = datetime(2026, 11, 12, 9, 42, tzinfo=UTC)
YES = ContributionState.ACCEPTED


def tag(names, sentences=(), title="River levels", page=""):
    people = [Named(number, name, "Water Office") for number, name in enumerate(names, start=1)]
    given = [
        Thanks(Named(99, "Cy", "Soil Office"), people[0], "checked", text, EndorsementState.ACCEPTED)
        for text in sentences
    ]
    label = make_label([Credit(person, "checked", YES) for person in people], given)
    return gift_tag(Labelled("1", title, "Water Office", "", label, page))


def page(*tags):
    return tags_html(tags, "Data Together", AT, lambda path: path)


def test_a_tag_says_what_it_is_whom_it_is_from_and_one_thanks(parsed, texts):
    tree = parsed(page(tag(["Ada"], ["You found every error.", "And then the others."])))
    (words,) = texts(tree, "tag")
    assert words == (
        "River levels Water Office From Ada, Water Office Checked its quality "
        "You found every error. Cy, Soil Office"
    )
    assert texts(tree, "hole") == [""]


def test_only_a_public_label_has_a_code_and_the_code_is_its_address(parsed, texts):
    inside, public = tag(["Ada"]), tag(["Ada"], page="https://labels.example/labels/rivers")
    tree = parsed(page(inside, public))
    assert [part.tag.endswith("svg") for part in tree.iter()].count(True) == 1
    assert texts(tree, "page") == ["The whole label: labels.example/labels/rivers"]


def test_six_tags_go_on_a_sheet_and_come_out_in_order(pages):
    made = [tag(["Ada"], title=f"Dataset {number:02}") for number in range(1, 8)]
    text = pages(tags_pdf(made, "Data Together", AT))
    assert [page.count("Dataset0") for page in text] == [6, 1]
    with pytest.raises(ValueError, match="nothing to print"):
        tags_pdf([], "Data Together", AT)


def test_who_does_not_fit_is_counted(parsed, texts):
    names = [f"Somebody Number {number}" for number in range(1, 61)]
    tree = parsed(page(tag(names)))
    (run_on,) = texts(tree, "who")
    shown = run_on.count("Water Office")
    assert 10 < shown < 60
    assert run_on.startswith("Somebody Number 1, Water Office; Somebody Number 10, Water Office; ")
    assert run_on.endswith(f"; and {60 - shown} more people")


def test_smaller_type_goes_before_the_thanks_is_left_out(parsed, texts):
    tree = parsed(page(tag(["Ada"], ["You found every error in it. " * 8], page="https://x.example/1")))
    assert len(texts(tree, "thanks")) == 1
    assert texts(tree, "roomy") == []


def test_a_thanks_too_long_for_the_tag_gives_way_to_a_shorter_one(parsed, texts):
    tree = parsed(
        page(tag(["Ada"], ["Long words " * 45, "You found every error."], page="https://x.example/1"))
    )
    assert texts(tree, "thanks") == ["You found every error. Cy, Soil Office"]


@pytest.mark.parametrize("page_address", ["", "https://labels.example/labels/rivers"])
@pytest.mark.parametrize("count", [1, 4, 12])
def test_nothing_leaves_the_tag(count, page_address, hard_names, laid_out, bottom):
    names = [hard_names[number % len(hard_names)] + f" {number}" for number in range(count)]
    one = tag(names, ["word " * 60], title="A rather long title " * 8, page=page_address)
    seen = 0
    for box in laid_out(lambda asset: tags_html([one], "Data Together", AT, asset)):
        if box.element_tag == "section":
            top = 24 if page_address else 4
            lowest = box.position_y + (99 - top) * 96 / 25.4
            for part in box.descendants():
                if part.element_tag in ("ul", "h2") or "thanks" in (
                    part.element and part.element.get("class") or ""
                ):
                    assert bottom(part) <= lowest
                    seen += 1
    assert seen
