"""Solve a linear program in whole units, prove a bound by its prices, and find the best whole values of its columns.

Whatever the prices are, they prove a bound (weak duality), which is counted in whole units. What would lose more than
the best whole values do cannot be in better ones, so the integer program (HiGHS) that finds them looks at little, and
is proven best all the same.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack

from matchmaker.scheduling.solver.choice import SCALE
from matchmaker.scheduling.solver.model import Floats, Ints
from matchmaker.scheduling.solver.rounded import UNIT

NODES = 30
"""Nodes the integer program may branch into."""


@dataclass(frozen=True)
class Laid:
    """What each column gains and the most of it, and rows with their limits, of which the first are exact."""

    gain: Ints
    most: Ints
    rows: csr_matrix
    limit: Ints
    exact: int

    def beyond(self, price: Ints) -> Ints:
        """Return what each column gains beyond the `price` of each row."""
        beyond: Ints = self.gain - self.rows.T @ price
        return beyond

    def bound(self, price: Ints) -> int:
        """Return more than anything can gain, as these prices prove (weak duality)."""
        return int(self.limit @ price) + int((self.most * np.maximum(self.beyond(price), 0)).sum())


def relaxed(laid: Laid) -> tuple[Ints, Floats] | None:
    """Return the prices of the rows of a program, in units, and its relaxed answer."""
    exact = laid.exact
    answer = linprog(
        -laid.gain / SCALE, A_ub=laid.rows[exact:], b_ub=laid.limit[exact:], A_eq=laid.rows[:exact],
        b_eq=laid.limit[:exact], bounds=np.stack([np.zeros(len(laid.most)), laid.most], axis=1), method="highs",
    )  # fmt: skip
    if answer.x is None or answer.status:
        return None
    prices = np.append(-answer.eqlin.marginals, np.maximum(-answer.ineqlin.marginals, 0))
    return np.rint(prices * SCALE).astype(np.int64), answer.x


def integers(laid: Laid, price: Ints, answer: Floats, limit: int) -> tuple[Ints, int] | None:
    """Return the best whole values of columns, those that would lose more than `limit` as they are, and the bound.

    What is lost is counted, rather than what is gained, so that the program's numbers are small.
    """
    beyond, bound = laid.beyond(price), laid.bound(price)
    free = (np.abs(beyond) <= limit) | (np.abs(answer - np.rint(answer)) > 1e-6)
    values: Ints = np.where(free, 0, np.rint(answer)).astype(np.int64)
    count = int(free.sum())
    # A row that has a price and room to spare costs its price for that.
    dear = np.flatnonzero(price[laid.exact :] > 0) + laid.exact
    spare = csr_matrix((np.ones(len(dear)), (dear, np.arange(len(dear)))), shape=(len(price), len(dear)))
    rows = hstack([laid.rows[:, np.flatnonzero(free)], spare], format="csr")
    upper: Floats = (laid.limit - laid.rows @ values).astype(np.float64)
    lower = np.full(len(upper), -np.inf)
    lower[: laid.exact] = upper[: laid.exact]
    lower[dear] = upper[dear]
    used = np.flatnonzero(np.diff(rows.indptr))
    solved = milp(
        np.append(-beyond[free], price[dear]) / UNIT, integrality=np.arange(count + len(dear)) < count,
        bounds=Bounds(0, np.append(laid.most[free], np.full(len(dear), np.inf))),
        constraints=LinearConstraint(rows[used], lower[used], upper[used]),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if solved.x is None:
        return None
    values[free] = np.rint(solved.x[:count]).astype(np.int64)
    # What is not looked at loses more than `limit`; a search that was cut short leaves what it could not rule out.
    left = int(laid.gain @ values) + (
        math.ceil((solved.fun - solved.mip_dual_bound) * UNIT) if solved.status else 0
    )
    return values, min(bound, max(left, bound - limit))
