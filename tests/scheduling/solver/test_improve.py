"""Planning two rounds anew only ever gains, and is not tried where it cannot."""

from fractions import Fraction

import pytest

from matchmaker.scheduling.problem.problem import Round
from matchmaker.scheduling.solver import improve as module
from matchmaker.scheduling.solver.improve import improve
from matchmaker.scheduling.solver.left_to_choose import widest
from matchmaker.scheduling.solver.place import place, value
from matchmaker.scheduling.solver.prices import priced
from matchmaker.scheduling.solver.timetable import Timetable
from tests.scheduling.solver.conftest import Hall, everybody

LETTERS = "abcdefghijklmnopqrst"
FAR = Fraction(2**60)


def improved(hall: Hall, lacking: Timetable, best: Fraction = FAR) -> Timetable:
    known = priced(widest(hall.table, hall.weights, fair=True))
    return improve(lacking, hall.table, best, known, hall.partners, hall.weights, seed=0)


def made(hall: Hall) -> Timetable:
    known = priced(widest(hall.table, hall.weights, fair=True))
    return place(hall.table, known, hall.partners, hall.weights, 0)[0]


def sizes(table: Timetable) -> list[int]:
    return [len(firsts) for firsts, _ in table.pairs()]


def test_two_rounds_win_back_what_they_lack() -> None:
    hall = everybody(LETTERS, 3)
    lacking = made(hall).without((0, 2), hall.table)
    assert sizes(lacking) == [0, 10, 0]
    again = improved(hall, lacking)
    assert sizes(again) == [10, 10, 10]
    assert value(again, hall.weights) > value(lacking, hall.weights)
    assert sizes(lacking) == [0, 10, 0]


def test_a_plan_close_enough_to_the_best_is_left_as_it_is() -> None:
    hall = everybody(LETTERS, 3)
    lacking = made(hall).without((0, 2), hall.table)
    assert improved(hall, lacking, Fraction(value(lacking, hall.weights))) is lacking


@pytest.mark.parametrize("why", ["one round", "nobody"])
def test_nothing_is_tried_where_it_could_not_help(why: str) -> None:
    hall = {
        "one round": lambda: everybody(LETTERS, (Round(10),)),
        "nobody": lambda: everybody("", 3),
    }[why]()
    assert improved(hall, hall.table) is hall.table


def test_after_attempts_in_vain_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = everybody(LETTERS, 3)
    done = made(hall)
    tried = list[int]()

    def placing(*args: object, **options: object) -> tuple[Timetable, None]:
        tried.append(1)
        return hall.table, None

    monkeypatch.setattr(module, "place", placing)
    monkeypatch.setattr(module, "FEW", 1)
    monkeypatch.setattr(module, "IN_VAIN", 3)
    assert improved(hall, done) is done
    assert len(tried) == 3
