from hypothesis import given
from hypothesis import strategies as st

from matchmaker.documents import fitting


def test_text_takes_more_lines_in_larger_type_and_none_when_empty():
    text = "You are stuck on the Water Quality Archive"
    assert [fitting.lines(text, points, 60) for points in (8, 12, 24)] == [1, 2, 3]
    assert fitting.lines("", 12, 60) == 0


def test_a_word_wider_than_the_line_is_broken():
    assert fitting.lines("W" * 80, 12, 60) == 6


def test_the_largest_type_that_fits_is_picked_and_the_smallest_if_none_does():
    assert fitting.largest((24, 16, 13), "Priya Nair", 91, 1) == 24
    assert fitting.largest((24, 16, 13), "W" * 80, 91, 1) == 13


@given(st.lists(st.floats(1, 80), max_size=30))
def test_pieces_hold_everything_in_order_and_no_more_than_fits(heights):
    pieces = fitting.fill(range(len(heights)), heights, 60)
    assert [item for piece in pieces for item in piece] == list(range(len(heights)))
    assert all(sum(heights[item] for item in piece) <= 60 for piece in pieces if len(piece) > 1)


@given(st.integers(0, 40), st.integers(1, 10))
def test_piles_put_on_each_other_are_in_order(count, places):
    sheets = fitting.stacked(range(count), places)
    piles = [sheet[place] for place in range(places) for sheet in sheets]
    assert [item for item in piles if item is not None] == list(range(count))
    assert len(sheets) == -(-count // places)
