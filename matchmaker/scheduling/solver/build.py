"""Make a problem into arrays."""

from collections.abc import Collection, Mapping
from operator import itemgetter

import numpy as np

from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.solver.kinship import Kinship, kinship
from matchmaker.scheduling.solver.limits import limits_of
from matchmaker.scheduling.solver.mixing import due
from matchmaker.scheduling.solver.model import (
    MOST_PEOPLE_TO_FILL_WHOLLY,
    Bools,
    Double,
    Floats,
    Ints,
    Model,
    among,
    distinct,
)


def build(problem: Problem, seed: int, talking: Collection[tuple[str, str]] = ()) -> Model:
    """Return the model of `problem`; O(people × rounds + pairs) and a sort.

    Pairs who are `talking` sit at a topic together, and are given no meeting beside.
    """
    ids = sorted(person.id for person in problem.people)
    ids = [ids[i] for i in np.random.default_rng([seed, 1]).permutation(len(ids))]
    number = {person: i for i, person in enumerate(ids)}
    n, rounds = len(ids), len(problem.rounds)
    tables = np.array([round_.tables - len(round_.closed) for round_ in problem.rounds], dtype=np.int64)
    present = np.ones((n, rounds), dtype=bool)
    for attendee in problem.people:
        if attendee.rounds is not None:
            present[number[attendee.id]] = False
            present[number[attendee.id], [there - 1 for there in attendee.rounds]] = True
    tied = _tied(problem, number)
    seatable = present & (tables > 0)[None, :]
    for person, allowed in tied.items():
        usable = [any(map(round_.has, allowed)) for round_ in problem.rounds]
        seatable[person] &= np.array(usable, dtype=bool)
    banned = _keys((*problem.forbidden, *problem.met, *talking), number)
    apart = _keys(problem.apart + problem.met_before, number)
    kin = kinship(problem.kin, number, _keys(problem.wanted, number))
    doubles = _doubles(problem, number, banned, apart, kin)
    banned = distinct(np.concatenate([banned, _keys(problem.double, number)]))
    first, second, score, wished = _pairs(problem, number, banned, kin, seed)
    bits = np.packbits(seatable, axis=1)
    keep: Bools = np.asarray((bits[first] & bits[second]).any(axis=1))
    is_tied = np.zeros(n, dtype=np.bool_)
    is_tied[list(tied)] = True
    for e in np.flatnonzero(keep & is_tied[first] & is_tied[second]):
        common = tied[int(first[e])] & tied[int(second[e])]
        together = np.flatnonzero(seatable[first[e]] & seatable[second[e]])
        keep[e] = any(any(map(problem.rounds[r].has, common)) for r in together)
    limits = limits_of(problem, number)
    trio: Bools = np.full(n, problem.trios is True, dtype=np.bool_)
    if isinstance(problem.trios, frozenset):
        trio[np.array([number[person] for person in problem.trios])] = True
    keys = first * n + second
    reluctant = among(keys, apart) | kin.parts(first, second, keys)
    return Model(
        tuple(ids), present, seatable, tables, first[keep], second[keep], score[keep], wished[keep],
        tied, trio, frozenset(banned.tolist()), problem.fill,
        tuple(round_.closed for round_ in problem.rounds),
        reluctant[keep], frozenset(apart.tolist()),
        limits, limits.reach(present), doubles, *_pools(problem, number, limits.reach(present)), kin,
    )  # fmt: skip


def _pools(problem: Problem, number: Mapping[str, int], reach: Ints) -> tuple[Ints, Ints]:
    """Return the pool of each person, shape (n,), and of how many people of another pool they are yet to meet."""
    names = sorted({person.pool for person in problem.people if person.pool is not None})
    place = {name: i for i, name in enumerate(names)}
    pool, missing = np.full(len(number), -1, dtype=np.int64), np.zeros(len(number), dtype=np.int64)
    for person in problem.people:
        if person.pool is not None:
            pool[number[person.id]] = place[person.pool]
    for one, (met, target) in due(problem, {one: int(reach[i]) for one, i in number.items()}).items():
        missing[number[one]] = max(0, target - met)
    return pool, missing


def _doubles(
    problem: Problem, number: Mapping[str, int], banned: Ints, apart: Ints, kin: Kinship
) -> dict[int, Double]:
    """Return the pairs who meet for two rounds, by key, if they may meet and are listed or wished for."""
    keys = set(_keys(problem.double, number).tolist()) - set(banned.tolist())
    if not keys:
        return {}
    n = len(number)
    keys = {key for key in keys if not kin.forbids_one(key // n, key % n, key)}
    rather_not = set(apart.tolist()) | {key for key in keys if kin.parts_one(key // n, key % n, key)}
    wished = keys & set(_keys(problem.wanted, number).tolist())
    scores = dict.fromkeys(wished, 0.0)
    for a, b, score in problem.pairs:
        i, j = sorted((number[a], number[b]))
        if i * n + j in keys:
            scores[i * n + j] = float(score)
    return {key: Double(scores[key], key in wished, key in rather_not) for key in sorted(scores)}


def _tied(problem: Problem, number: Mapping[str, int]) -> dict[int, frozenset[int]]:
    """Return the tables that people with a fixed table, or only some allowed, may use."""
    tied = {number[person]: frozenset(tables) for person, tables in problem.allowed_tables.items()}
    for person, table in problem.fixed_table.items():
        fixed = frozenset([table])
        tied[number[person]] = tied.get(number[person], fixed) & fixed
    return dict(sorted(tied.items()))


def _keys(pairs: tuple[tuple[str, str], ...], number: Mapping[str, int]) -> Ints:
    """Return the sorted distinct keys (smaller × n + larger) of `pairs`."""
    if not pairs:
        return np.zeros(0, dtype=np.int64)
    return distinct(_key_of(pairs, number))


def _key_of(
    pairs: tuple[tuple[str, str], ...] | tuple[tuple[str, str, float], ...], number: Mapping[str, int]
) -> Ints:
    """Return the key of each pair."""
    a, b = (
        np.fromiter(map(number.__getitem__, map(itemgetter(end), pairs)), np.int64, len(pairs))
        for end in (0, 1)
    )
    return np.minimum(a, b) * len(number) + np.maximum(a, b)


def _unlisted(n: int, rounds: int, seed: int) -> Ints:
    """Return keys of pairs to fill with: all, or for a large event some at random, enough for everybody."""
    if n <= MOST_PEOPLE_TO_FILL_WHOLLY:
        a, b = np.triu_indices(n, 1)
    else:
        rng = np.random.default_rng([seed, 2])
        a = np.repeat(np.arange(n), 20 + 2 * rounds)
        b = rng.integers(0, n, len(a))
        a, b = np.minimum(a, b)[a != b], np.maximum(a, b)[a != b]
    return distinct(a.astype(np.int64) * n + b)


def _pairs(
    problem: Problem, number: Mapping[str, int], banned: Ints, kin: Kinship, seed: int
) -> tuple[Ints, Ints, Floats, Bools]:
    """Return the listed and wished pairs that are not banned; a wish that is not listed scores 0."""
    n = len(number)
    listed_keys = _key_of(problem.pairs, number)
    given = np.fromiter(map(itemgetter(2), problem.pairs), np.float64, len(problem.pairs))
    order = np.argsort(listed_keys)
    listed_keys, given = listed_keys[order], given[order]
    wished_keys = _keys(problem.wanted, number)
    more = _unlisted(n, len(problem.rounds), seed) if problem.fill else wished_keys
    keys = distinct(np.concatenate([listed_keys, wished_keys, more])) if len(more) else listed_keys
    score = np.zeros(len(keys))
    score[np.searchsorted(keys, listed_keys)] = given
    divisor = max(n, 1)
    allowed = ~among(keys, banned) & ~kin.forbids(keys // divisor, keys % divisor, keys)
    keys, score = keys[allowed], score[allowed]
    return keys // divisor, keys % divisor, score, among(keys, wished_keys)
