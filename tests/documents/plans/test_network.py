"""The picture of who met whom: every organisation once, a line for each two that met, small numbers all alike."""

import pytest

from matchmaker.documents.plans.network import HEIGHT, THICKEST, WIDTH, picture
from matchmaker.documents.plans.report import OrganisationMatrix


def matrix(*names: str, **counts: int) -> OrganisationMatrix:
    """Organisations with so many meetings between the two whose first letters are the key."""
    first = "".join(name[0] for name in names)

    def cell(one: str, other: str) -> int:
        return counts.get(one + other, counts.get(other + one, 0))

    return OrganisationMatrix(names, tuple(tuple(cell(one, other) for other in first) for one in first))


def test_the_most_frequent_line_is_the_thickest_and_drawn_last_and_few_are_a_broken_one() -> None:
    found = picture(matrix("Air", "Bats", "Coast", AB=20, AC=4, BC=10, AA=30))
    assert found is not None
    assert [(tie.width, tie.few) for tie in found.ties] == [(1.0, True), (4.1, False), (THICKEST, False)]


def test_the_line_of_a_number_that_is_left_out_beside_a_small_one_says_nothing_of_it() -> None:
    one, other = (picture(matrix("Air", "Bats", "Coast", AB=20, AC=4, BC=count)) for count in (6, 19))
    assert one == other


def test_one_and_four_meetings_are_drawn_alike_since_they_are_not_told() -> None:
    one, four = (picture(matrix("Air", "Bats", AB=count)) for count in (1, 4))
    assert one == four


@pytest.mark.parametrize("empty", [matrix(), matrix("Air"), matrix("Air", AA=9), matrix("Air", "Bats")])
def test_there_is_no_picture_where_no_two_organisations_met(empty: OrganisationMatrix) -> None:
    assert picture(empty) is None


@pytest.mark.parametrize("number", [2, 3, 7, 13])
def test_names_however_long_stay_inside_and_off_each_other(number: int) -> None:
    names = [f"{chr(65 + at)} Department of the Environment, Food and Rural Affairs" for at in range(number)]
    found = picture(matrix(*names, AB=9))
    assert found is not None
    boxes = []
    for dot in found.dots:
        width = 8.2 * max(map(len, dot.lines))
        left = dot.text_x - {"start": 0, "middle": width / 2, "end": width}[dot.anchor]
        boxes.append((left, dot.text_y - 14, left + width, dot.text_y + 17 * (len(dot.lines) - 1) + 4))
    assert all(
        left >= 0 and top >= 0 and right <= WIDTH and foot <= HEIGHT for left, top, right, foot in boxes
    )
    for place, (left, top, right, foot) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert right <= other[0] or other[2] <= left or foot <= other[1] or other[3] <= top
