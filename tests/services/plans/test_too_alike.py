"""Too many of one team or organisation: how many sit out whatever tables there are, and that more would not help."""

from dataclasses import replace

import pytest

from matchmaker.scheduling.problem.parts import Kin, Meet
from matchmaker.services.plans.hall import Hall
from matchmaker.services.plans.too_alike import too_alike
from matchmaker.services.plans.too_few_tables import too_few_tables
from tests.services.plans.test_too_few_tables import NAMES, hall


def one_organisation(size: int, meet: Meet = Meet.IF_WANTED) -> tuple[Kin, ...]:
    return Kin(tuple(map(str, range(1, size + 1))), meet), Kin(("7", "8"), meet)


@pytest.mark.parametrize(
    ("there", "alike", "tables"),
    [
        (hall(12, 4, groups=one_organisation(10)), ("10 of the 12 people", "8 sit out"), ""),
        (
            hall(12, 1, groups=one_organisation(10)),
            ("10 of the 12 people", "8 sit out"),
            "at least 10 sit out. Add 1 more, and all but 8 can sit.",
        ),
        # Two who both asked may meet.
        (
            hall(12, 4, groups=one_organisation(10), introduced=((1, 2), (3, 4))),
            ("10 of the 12 people", "4 sit out"),
            "",
        ),
        (
            hall(12, 4, groups=one_organisation(10, Meet.RATHER_NOT)),
            (),
            "at least 4 sit out. Add 2 more, and there is a table for everybody.",
        ),
        (hall(12, 6, groups=one_organisation(6)), (), ""),
        (hall(11, 6, groups=one_organisation(6)), (), ""),
        (
            hall(6, 3, groups=(Kin(("1", "2", "3", "4"), Meet.NEVER),)),
            ("4 of the 6 people", "one team, whose people are never paired: at least 2 sit out"),
            "",
        ),
    ],
)
def test_where_too_many_are_of_one_group_it_says_that_tables_would_not_help(
    there: Hall, alike: tuple[str, ...], tables: str
) -> None:
    said = list(too_alike(there))
    assert len(said) == bool(alike)
    assert all(
        words in one and "in each round, however many tables" in one for one in said for words in alike
    )
    shortages = list(too_few_tables(there, NAMES))
    assert len(shortages) == bool(tables)
    assert all(one.endswith(tables) for one in shortages)


def test_a_group_is_counted_in_the_rounds_for_which_it_is_there() -> None:
    there = hall(8, 4, groups=one_organisation(6))
    late = {one: frozenset({2}) if one in (5, 6) else rounds for one, rounds in there.there.items()}
    said = list(too_alike(replace(there, there=late)))
    assert [one.partition(" people")[0] for one in said] == ["4 of the 6", "6 of the 8"]
    assert ["at least 2 sit out in 1 round" in said[0], "at least 4 sit out in 1 round" in said[1]] == [
        True,
        True,
    ]
