"""Tables that are too few: for everybody, or of a kind that people need, with how many more would do."""

from typing import Any

import pytest

from matchmaker.services.plans.hall import Hall
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
