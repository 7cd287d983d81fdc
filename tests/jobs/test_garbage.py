"""Long work leaves what it made alone, and Python looks for garbage as before once it is done."""

import gc

import pytest

from matchmaker.jobs import garbage


def test_what_lives_on_is_not_walked_through_again_until_the_work_is_done_or_fails() -> None:
    before = gc.get_threshold()
    with garbage.left_lying():
        kept = [[number] for number in range(3 * garbage.YOUNG)]
        young, older, oldest = (one["collections"] for one in gc.get_stats())
        more = [[number] for number in range(3 * garbage.YOUNG)]
        now = [one["collections"] for one in gc.get_stats()]
        assert now[0] > young
        assert now[1:] == [older, oldest]
    assert len(kept) == len(more)
    with pytest.raises(ZeroDivisionError), garbage.left_lying():
        _ = 1 / 0
    assert gc.get_threshold() == before


def test_of_two_works_that_end_in_any_order_the_last_has_python_look_as_before() -> None:
    before = gc.get_threshold()
    first, second = garbage.left_lying(), garbage.left_lying()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold()[0] == garbage.YOUNG
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before
