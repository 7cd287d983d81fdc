"""Small halls are solved to the end: wishes first, then the fewest meetings, then worth."""

from itertools import combinations

from matchmaker.scheduling.problem.problem import Person, Problem, Rest, Round
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.exact import Program
from matchmaker.scheduling.solver.kinds import all_entries, settle_entries
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.timetable import Timetable, empty

IDS = ("a", "b", "c", "d", "e")


def solved(problem: Problem, most: int) -> tuple[Timetable, int, bool]:
    model = build(problem, seed=0)
    weights, table = stakes(model, most), empty(model)
    entries = list(all_entries(table, weights))
    found = Program(table, problem, weights, entries).solve(range(model.people), most, seed=0)
    assert found is not None
    settle_entries(table, found.entries)
    return table, found.fewest, found.proven


def hall(**rules: object) -> Problem:
    return Problem(
        people=tuple(map(Person, IDS)),
        rounds=(Round(2), Round(2), Round(2)),
        pairs=tuple((a, b, 0.5) for a, b in combinations(IDS, 2)),
        **rules,  # type: ignore[arg-type]
    )


def test_five_people_in_three_rounds_of_two_tables_have_two_meetings_or_more() -> None:
    table, fewest, proven = solved(hall(), most=3)
    assert (fewest, proven) == (2, True)
    assert sorted(table.had().tolist()) == [2, 2, 2, 3, 3]


def test_those_who_need_one_table_sit_nowhere_else() -> None:
    needy = {one: frozenset({1}) for one in IDS[:3]}
    table, fewest, proven = solved(hall(allowed_tables=needy), most=3)
    # Were they to have two each, they would meet one another alone, and the other two could meet once.
    assert (fewest, proven) == (1, True)
    for held, row in zip(table.held, table.at, strict=True):
        tied = [one for one in table.model.tied if row[one] >= 0]
        assert {held[one] for one in tied} <= {1}


def test_whoever_shares_a_helper_is_at_one_table_at_a_time() -> None:
    table, fewest, _ = solved(hall(helpers={"h": IDS[:2]}), most=3)
    a, b = (table.model.ids.index(one) for one in IDS[:2])
    assert fewest == 2
    assert all(row[a] == b or min(row[a], row[b]) < 0 for row in table.at)


def test_trios_seat_one_more() -> None:
    table, fewest, _ = solved(hall(trios=True), most=3)
    # Without trios there are twelve seats in three rounds of two tables for five people.
    assert fewest == 2
    assert int(table.had().sum()) == 13


def test_rests_hold() -> None:
    table, _, _ = solved(hall(rests={"a": Rest(most=1), "b": Rest(in_a_row=1)}), most=3)
    had = dict(zip(table.model.ids, table.had().tolist(), strict=True))
    assert (had["a"], had["b"]) <= (1, 2)
