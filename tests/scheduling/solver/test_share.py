"""Too few tables of a kind are shared in fair turns, two at a table."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.share import Shared
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.timetable import FREE, empty
from tests.tries import tries


def shared(needy: int, tables: int, rounds: int = 4) -> Shared:
    ids = [f"p{i:02}" for i in range(needy + 6)]
    problem = Problem(
        people=tuple(map(Person, ids)),
        rounds=(Round(needy + 6),) * rounds,
        pairs=tuple((a, b, 0.5) for a, b in combinations(ids, 2)),
        allowed_tables=dict.fromkeys(ids[:needy], frozenset(range(1, tables + 1))),
    )
    model = build(problem, seed=0)
    return Shared(empty(model), stakes(model, rounds))


@tries(30)
@given(st.integers(3, 9), st.integers(1, 5))
def test_every_seat_at_a_scarce_table_is_used_and_nobody_is_far_behind(needy: int, tables: int) -> None:
    sharing = shared(needy, tables)
    for round_ in range(2):
        waiting = sharing.waiting(round_)
        left = sharing.share(round_, waiting)
        assert len(left) == max(0, needy - 2 * tables)
    assert max(sharing.turns.values()) - min(sharing.turns.values()) <= 1


def test_a_table_is_held_for_one_alone_and_settled_for_two() -> None:
    sharing = shared(needy=3, tables=2)
    sharing.share(0, sharing.waiting(0))
    alone = [one for one in sharing.turns if sharing.table.at[0][one] == FREE]
    assert len(alone) == 1
    assert sharing.table.held[0].keys() == set(alone)
    assert [len(people) for _, people, _ in sharing.table.settled] == [2]
