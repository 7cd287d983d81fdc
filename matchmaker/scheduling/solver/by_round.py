"""Choose pairs and their rounds at once, where people have few rounds left and not the same ones.

After talks, or where many come late and leave early, whoever is chosen often shares no round in which both are free,
and what is chosen cannot be put into rounds. Here a column of one program is a pair in a round. Rounds that are all
alike could change places, in which such a program is lost; so it is not for those.
O(pairs × rounds) columns, some seconds for MOST of them.
"""

import numpy as np
from scipy.sparse import csr_matrix

from matchmaker.scheduling.solver.choice import Network
from matchmaker.scheduling.solver.model import Bools, Ints
from matchmaker.scheduling.solver.programs import Laid, integers, relaxed
from matchmaker.scheduling.solver.timetable import Timetable

MOST, LOOK = 8_000, 3_000
"""More pairs in rounds are not looked at; so many columns the integer program looks at again."""
SPARSE, UNEVEN = 2.5, 0.5
"""Free rounds for each person who has any, at most; share of them who have not all of the rounds that anybody has."""


def is_uneven(table: Timetable) -> bool:
    """Whether most people have only a few rounds left, and not the same ones."""
    free = table.open().sum(axis=0)
    some, rounds = np.count_nonzero(free), np.count_nonzero(table.open().any(axis=1))
    lacking = np.count_nonzero((free > 0) & (free < rounds))
    return bool(rounds > 2 and free.sum() < SPARSE * some and lacking > UNEVEN * some)


def place_by_round(table: Timetable, network: Network) -> int | None:
    """Add to `table` the best of the pairs of a network, each in its round; None, changing nothing, if not found.

    Returns more, in units, than any pairs in any rounds are worth there.
    """
    if network.mixing is not None or network.trios or network.hub:
        return None
    pair, round_ = _entries(table.open(), network)
    if not 0 < len(pair) <= MOST:
        return None
    laid = _laid(table, network, pair, round_)
    solved = relaxed(laid)
    if solved is None:
        return None
    price, answer = solved
    loss = np.abs(laid.beyond(price))
    limit = int(np.partition(loss, min(LOOK, len(loss) - 1))[min(LOOK, len(loss) - 1)])
    found = integers(laid, price, answer, limit)
    if found is None:
        return None
    values, most = found
    for entry in np.flatnonzero(values[: len(pair)] > 0):
        e = pair[entry]
        table.add(int(round_[entry]), int(network.first[e]), int(network.second[e]))
    return most


def _entries(open_: Bools, network: Network) -> tuple[Ints, Ints]:
    """Return the pair and the round of each way in which a pair of the network could meet."""
    pair, round_ = np.nonzero((open_[:, network.first] & open_[:, network.second]).T)
    return pair, round_


def _laid(table: Timetable, network: Network, pair: Ints, round_: Ints) -> Laid:
    """Return the program: its columns are pairs in rounds, and the meetings that each person has.

    Its rows: how many meetings everybody has; one in a round; one for each pair; and the room of each round.
    """
    n, entries = network.people, np.arange(len(pair))
    ends = np.concatenate([network.first[pair], network.second[pair]])
    levels = len(pair) + np.arange(len(network.person))
    rounds = len(table.at)
    in_round = n + ends * rounds + np.tile(round_, 2)
    once, of_room = n * (1 + rounds) + pair, n * (1 + rounds) + len(network.first) + round_
    parts = [
        (ends, np.tile(entries, 2), 1), (network.person, levels, -1), (in_round, np.tile(entries, 2), 1),
        (once, entries, 1), (of_room, entries, 1),
    ]  # fmt: skip
    rows, columns = (np.concatenate([one[side] for one in parts]) for side in (0, 1))
    values = np.concatenate([np.full(len(one[0]), one[2], dtype=np.int64) for one in parts])
    room = np.minimum(np.maximum(table.room, 0), table.open().sum(axis=1) // 2)
    limit = np.concatenate([np.zeros(n), np.ones(n * rounds + len(network.first)), room]).astype(np.int64)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(limit), len(pair) + len(levels)))
    # A row of one column says no more than the column does, unless there is no room at all.
    some = np.flatnonzero(np.diff(matrix.indptr) > ((np.arange(len(limit)) >= n) & (limit > 0)))
    gain = np.append(network.worth[pair], network.level)
    return Laid(gain, np.ones_like(gain), matrix[some], limit[some], int((some < n).sum()))
