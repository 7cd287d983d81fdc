"""A small hall as the solver sees it, in which tests call people by the letters of their names."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import pytest

from matchmaker.scheduling.problem.problem import Person, Problem, Round
from matchmaker.scheduling.solver import exact
from matchmaker.scheduling.solver.build import build
from matchmaker.scheduling.solver.left_to_choose import possible
from matchmaker.scheduling.solver.partners import Partners
from matchmaker.scheduling.solver.stakes import stakes
from matchmaker.scheduling.solver.timetable import empty


@pytest.fixture
def all_tried_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search through every arrangement end after a moment: the test does not wait for its proof."""
    monkeypatch.setattr(exact, "WORK", 0.2)
    monkeypatch.setattr(exact, "MORE_WORK", 0.05)


class Hall:
    """An empty timetable of a problem, with the weights and partners that planning it would use."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = build(problem, seed=0)
        self.number = {name: i for i, name in enumerate(self.model.ids)}
        self.table = empty(self.model)
        self.weights = stakes(self.model, self.model.rounds)
        self.partners = Partners(self.model, self.weights, possible(self.table))

    def people(self, letters: str) -> tuple[int, ...]:
        """Return the numbers of people, ascending."""
        return tuple(sorted(self.number[one] for one in letters))

    def pair(self, letters: str) -> tuple[int, int]:
        """Return the numbers of two people, ascending."""
        a, b = self.people(letters)
        return a, b

    def key(self, letters: str) -> int:
        """Return the key of two people."""
        return self.model.key(*self.pair(letters))

    def letters(self, people: Iterable[int]) -> str:
        """Return the letters of people by number, in order of the alphabet."""
        return "".join(sorted(self.model.ids[one] for one in people))

    def meet(self, round_: int, *pairs: str) -> None:
        """Let pairs meet in a round of the timetable, counted from 0."""
        for letters in pairs:
            self.table.add(round_, *self.pair(letters))

    def met(self) -> list[set[str]]:
        """Return who meets in each round of the timetable, settled meetings aside."""
        return [{self.letters(pair) for pair in zip(*pairs, strict=True)} for pairs in self.table.pairs()]


def everybody(
    letters: str,
    rounds: Iterable[Round] | int,
    scores: Mapping[str, float] | None = None,
    **rules: Any,
) -> Hall:
    """Return a hall of people called by one letter each; who meets whom by `scores`, or anybody at 0.5.

    A number of `rounds` gives each of them a table for every two people.
    """
    several = (Round(len(letters) // 2),) * rounds if isinstance(rounds, int) else tuple(rounds)
    given = {a + b: 0.5 for a, b in combinations(letters, 2)} if scores is None else scores
    people = rules.pop("people", {})
    return Hall(
        Problem(
            people=tuple(people.get(one, Person(one)) for one in letters),
            rounds=several,
            pairs=tuple((pair[0], pair[1], score) for pair, score in given.items()),
            **rules,
        )
    )
