"""Say what each wish that a plan does not meet would cost: how many places would change if it were met after all."""

from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.make_room import Book


def wish_prices(problem: Problem, plan: Plan) -> dict[tuple[str, str], int | None]:
    """Return, for each pair that could meet and does not, the fewest places that would change; None if none will do.

    A place is one person's part in one round. Nobody's own wish, and nothing that is locked, is given up for it.
    """
    book = Book(problem, plan)
    found = {}
    for pair in book.unmet():
        a, b = sorted(pair)
        found[a, b] = min((price.places for price in book.prices(pair)), default=None)
    return found
