"""Choose pairs and trios at once, with all that people share, and prove how good any such choice could be.

The network of `choice` knows neither that the three pairs of a trio are of three people, nor that some share tables
or a helper. A linear program (HiGHS) does: a column for each pair, trio, meeting a person may have and partner of
another pool due to them; trios come in as the prices ask for them. Whatever its prices are, they prove a bound (weak
duality), which is counted in whole units. What would lose more than the best whole choice does cannot be in a better
one, so the integer program that finds it looks at little, and is proven best all the same. For halls of some hundred
people: a tenth of a second each at 200.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack

from matchmaker.scheduling.solver.choice import SCALE, Network
from matchmaker.scheduling.solver.joint_rows import HallShape, JointRows, Laid
from matchmaker.scheduling.solver.model import Bools, Floats, Ints
from matchmaker.scheduling.solver.rounded import UNIT

MOST_PAIRS, MOST_TRIOS = 12_000, 200_000
"""A hall in which more could meet is not looked at."""
AT_ONCE, PASSES = 400, 16
"""So many trios are taken up at once, so often."""
LOOK, NODES = 3_000, 30
"""Columns that the integer program looks at, and nodes it may branch into."""


@dataclass(frozen=True)
class JointChoice:
    """The pairs (m,) and trios of the best whole choice found, and more, in units, than any is worth."""

    pairs: Bools
    trios: list[tuple[int, int, int]]
    most: int


def choose_jointly(network: Network, shape: HallShape) -> JointChoice | None:
    """Return the best choice of pairs and trios, or None where there is too much to look at, or nothing."""
    if network.hub or not 0 < len(network.first) <= MOST_PAIRS or not len(network.person):
        return None
    rows = JointRows(network, shape)
    if len(rows.trios) > MOST_TRIOS:
        return None
    chosen: Ints = np.argsort(-rows.worth, kind="stable")[:AT_ONCE]
    for _ in range(PASSES):
        laid = rows.laid(chosen)
        solved = _relaxed(laid)
        if solved is None:
            return None
        price, answer = solved
        beyond = rows.beyond(price, chosen)
        asked = np.flatnonzero(beyond > 0)
        missing = asked[~np.isin(asked, chosen)]
        if not len(missing):
            break
        last, chosen = (
            chosen,
            np.append(chosen, missing[np.argsort(-beyond[missing], kind="stable")[:AT_ONCE]]),
        )
    else:
        chosen = last
    return _whole(rows, chosen, price, answer, laid)


def _relaxed(laid: Laid) -> tuple[Ints, Floats] | None:
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


def _whole(rows: JointRows, chosen: Ints, price: Ints, answer: Floats, laid: Laid) -> JointChoice | None:
    """Return the best whole choice of what loses least, and the bound on all."""
    of_trios = np.abs(rows.beyond(price, chosen))
    loss = np.append(np.abs(laid.beyond(price)[: rows.columns]), of_trios)
    limit = int(np.partition(loss, min(LOOK, len(loss) - 1))[min(LOOK, len(loss) - 1)])
    asked = np.flatnonzero((of_trios <= limit) | (rows.beyond(price, chosen) > 0))
    more = np.append(chosen, np.setdiff1d(asked, chosen))
    price, laid = rows.with_more(price, chosen, more), rows.laid(more)
    answer = np.append(answer, np.zeros(len(more) - len(chosen)))
    found = _integers(laid, price, answer, limit)
    if found is None:
        return None
    values, most = found
    trios = rows.trios[more[values[rows.columns :] > 0]].tolist()
    return JointChoice(values[: len(rows.pairs)] > 0, [(a, b, c) for a, b, c in trios], most)


def _integers(laid: Laid, price: Ints, answer: Floats, limit: int) -> tuple[Ints, int] | None:
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
