"""Tables that are too few: for everybody, or of a kind that people need, with how many more would do."""

from dataclasses import replace
from typing import Any

import pytest

from matchmaker.scheduling.problem.parts import Kin, Meet
from matchmaker.services.plans.hall import Hall
from matchmaker.services.plans.too_alike import too_alike
from matchmaker.services.plans.too_few_tables import common_needs, too_few_tables

NAMES = dict(enumerate(("Ada", "Ben", "Cy", "Dee", "Eve", "Fay"), start=1))


def hall(people: int = 4, tables: int = 2, **said: Any) -> Hall:
    """Two rounds, in which everybody is there."""
    empty: dict[str, Any] = dict.fromkeys(("excluded", "declined", "kin", "trios"), frozenset())
    needs: dict[int, tuple[str, ...]] = said.pop("needs", {})
    kinds: dict[str, frozenset[int]] = said.pop("kinds", {})
    allowed = {one: frozenset.intersection(*(kinds[kind] for kind in asked)) for one, asked in needs.items()}
    return Hall(
        rounds=(1, 2), tables=tuple(range(1, tables + 1)),
        there={one: frozenset({1, 2}) for one in range(1, people + 1)},
        **{"fixed": {}, "introduced": (), "allowed": allowed, "needs": needs, "kinds": kinds, **empty, **said},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (hall(), []),
        (hall(people=0), []),
        (hall(tables=0), []),
        (
            hall(people=6),
            [
                "6 people are planned for and 2 tables can be used in each round: at least 2 sit out. Add 1 more, "
                "and there is a table for everybody."
            ],
        ),
        (
            hall(people=7),
            [
                "7 people are planned for and 2 tables can be used in each round: at least 3 sit out. Add 1 more, "
                "and all but one can sit."
            ],
        ),
        (
            hall(people=5),
            [
                "5 people are planned for and 2 tables can be used in each round: at least 1 sits out. More tables "
                "would not help, as people meet in twos."
            ],
        ),
        (
            hall(
                people=6,
                tables=3,
                needs=dict.fromkeys((1, 2, 3), ("quiet",)),
                kinds={"quiet": frozenset({3})},
            ),
            [
                "3 people need a quiet table and 1 table is quiet: at least 1 sits out in each round. Mark 1 more as"
                " quiet, and all of them can sit, two at a table; 2 more, and each can have one of their own."
            ],
        ),
        (
            hall(people=6, tables=3, fixed={1: 2, 2: 2, 3: 2}),
            [
                "Ada, Ben and Cy are all to sit at table 2: at least 1 sits out in each round. Give some of them"
                " another table."
            ],
        ),
        # Who has no table at all is told of elsewhere.
        (hall(needs={1: ("quiet",)}, kinds={"quiet": frozenset()}), []),
    ],
)
def test_where_tables_are_too_few_it_says_how_many_more_would_do(there: Hall, words: list[str]) -> None:
    assert list(too_few_tables(there, NAMES)) == words


def test_the_kind_of_table_is_what_all_of_them_need() -> None:
    there = hall(
        tables=3,
        needs={1: ("step-free", "quiet"), 2: ("quiet",), 3: ("step-free",)},
        kinds={"step-free": frozenset({1, 2}), "quiet": frozenset({2})},
    )
    asked = [(1,), (1, 2), (1, 3), (2, 3), (1, 4), ()]
    assert [common_needs(there, one) for one in asked] == [
        "step-free and quiet",
        "quiet",
        "step-free",
        "",
        "",
        "",
    ]


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
