"""Choose pairs and trios at once, with all that people share, and prove how good any such choice could be.

The network of `choice` knows neither that the three pairs of a trio are of three people, nor that some share tables
or a helper. A linear program (HiGHS) does: a column for each pair, trio, meeting a person may have and partner of
another pool due to them; trios come in as the prices ask for them. Whatever its prices are, they prove a bound (weak
duality), which is counted in whole units. What would lose more than the best whole choice does cannot be in a better
one, so the integer program that finds it looks at little, and is proven best all the same. For halls of some hundred
people: a tenth of a second each at 200.
"""

from dataclasses import dataclass

import numpy as np

from matchmaker.scheduling.solver.choice import Network
from matchmaker.scheduling.solver.joint_rows import HallShape, JointRows
from matchmaker.scheduling.solver.model import Bools, Floats, Ints
from matchmaker.scheduling.solver.programs import Laid, integers, relaxed

MOST_PAIRS, MOST_TRIOS = 12_000, 200_000
"""A hall in which more could meet is not looked at."""
AT_ONCE, PASSES = 400, 16
"""So many trios are taken up at once, so often."""
LOOK = 3_000
"""Columns that the integer program looks at."""


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
        solved = relaxed(laid)
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


def _whole(rows: JointRows, chosen: Ints, price: Ints, answer: Floats, laid: Laid) -> JointChoice | None:
    """Return the best whole choice of what loses least, and the bound on all."""
    of_trios = np.abs(rows.beyond(price, chosen))
    loss = np.append(np.abs(laid.beyond(price)[: rows.columns]), of_trios)
    limit = int(np.partition(loss, min(LOOK, len(loss) - 1))[min(LOOK, len(loss) - 1)])
    asked = np.flatnonzero((of_trios <= limit) | (rows.beyond(price, chosen) > 0))
    more = np.append(chosen, np.setdiff1d(asked, chosen))
    price, laid = rows.with_more(price, chosen, more), rows.laid(more)
    answer = np.append(answer, np.zeros(len(more) - len(chosen)))
    found = integers(laid, price, answer, limit)
    if found is None:
        return None
    values, most = found
    trios = rows.trios[more[values[rows.columns :] > 0]].tolist()
    return JointChoice(values[: len(rows.pairs)] > 0, [(a, b, c) for a, b, c in trios], most)
