import pytest

from matchmaker.documents.people.roll_call import roll_call_sheets


def test_names_stand_by_surname_with_their_organisation(stamp, heard):
    people = [("Zoë Ash", "Defra"), ("Jo van der Berg", ""), ("Ann Okafor", "Natural England")]
    assert heard(roll_call_sheets(people, stamp).pdf()) == (
        "Roll-call for Data Together 3 people, by the word in bold. "
        "Zoë Ash Defra Ann Okafor Natural England Jo van der Berg"
    )


def test_a_hundred_names_stand_on_a_sheet(stamp, pages):
    sheets = pages(roll_call_sheets([(f"Ann Price {n}", "Defra") for n in range(100)], stamp).pdf())
    assert len(sheets) == 1
    assert sheets[0].endswith("plan3,9.42amon12November2026Page1of1")


def test_hard_names_are_whole(hard_names, stamp, any_fonts, text, is_in):
    there = text(roll_call_sheets([(name, name) for name in hard_names], stamp).pdf(any_fonts))
    assert [name for name in map(any_fonts.drawable, hard_names) if not is_in(name, there)] == []


def test_nobody_is_refused(stamp):
    with pytest.raises(ValueError, match="nothing to print"):
        roll_call_sheets([], stamp)
