"""How long matching takes and how much memory it needs, beside the plainest ways of doing the same.

    python -m benchmarks.matching [PEOPLE ...] [--only-ours] [--refresh]
    python -m benchmarks.matching 50000 --only-ours
    python -m benchmarks.matching 10000 --refresh

For events of each size (200, 1,000 and 10,000 unless told): the time to read the profiles into vectors; then, from
the same vectors, the scores and the best 20 of everybody by this project, against plain sparse products of the same
blocks, scikit-learn's brute-force neighbours and sparse-dot-topn (both on one block only, everything a person says).
With --refresh it measures instead one person's changed profile (reading it and working out its list and places, with
vectors and lists kept) against everything for everybody (reading, scores, lists and reasons), which takes minutes for
10,000. All in one process and one thread; what counts are the ratios.
"""

import argparse
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from scipy import sparse
from sklearn.neighbors import NearestNeighbors
from sparse_dot_topn import sp_matmul_topn

from benchmarks.events import made_up_event
from matchmaker.matching.candidates import scored_pairs
from matchmaker.matching.refresh import refresh
from matchmaker.matching.row_products import IdLists
from matchmaker.matching.rules import Rules
from matchmaker.matching.standing_lists import StandingLists
from matchmaker.matching.suggest import Suggestion, suggest
from matchmaker.matching.updating import with_profile
from matchmaker.matching.vectors import Vectors, vectorise

BEST = 20
ROWS_AT_ONCE = 500


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def blocks(vectors: Vectors) -> list[tuple[sparse.csr_array, sparse.csr_array]]:
    """Return the blocks as pairs of person-by-term matrices to be multiplied."""

    def rows(lists: IdLists, texts: np.ndarray) -> sparse.csr_array:
        return sparse.csr_array(
            IdLists(lists.start, texts[lists.items]).incidence(len(vectors.texts)) @ vectors.rows
        )

    asks, gives = (rows(needs.of, needs.texts) for needs in (vectors.asks, vectors.gives))
    same = [
        vectors.centres,
        vectors.bio_rows,
        rows(vectors.datasets, vectors.dataset_texts),
        rows(vectors.topics, vectors.topic_texts),
    ]
    return [*((block, block) for block in same), (asks, gives)]


def plain_products(pairs: list[tuple[sparse.csr_array, sparse.csr_array]]) -> None:
    """Multiply every block in full, some rows at a time, so that it fits in memory."""
    for left, right in pairs:
        turned = right.T.tocsr()
        for start in range(0, left.shape[0], ROWS_AT_ONCE):
            left[start : start + ROWS_AT_ONCE] @ turned


def ours(vectors: Vectors) -> None:
    """Score who is likely to fit and keep the best of everybody."""
    people = len(vectors.profiles)
    scored_pairs(vectors, Rules.of(vectors, strangers_only=True), at_least=BEST).best_of_each(people, BEST)


def measure(people: int, *, only_ours: bool) -> str:
    """Return one row of the table."""
    event = made_up_event(people, seed=1)
    kept: list[Vectors] = []
    reading = timed(lambda: kept.append(vectorise(event.profiles, event.catalogue)))
    vectors = kept[0]
    reading += timed(lambda: (vectors.centres, vectors.bio_rows))
    scoring = timed(lambda: ours(vectors))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    row = f"| {people:,} | {reading:.1f} s | {scoring:.1f} s | {memory:.1f} GB |"
    if only_ours:
        return f"{row} | | |"
    pairs = blocks(vectors)
    plain = timed(lambda: plain_products(pairs))
    nearest = NearestNeighbors(n_neighbors=BEST, metric="cosine", algorithm="brute")
    brute = timed(lambda: nearest.fit(vectors.centres).kneighbors(vectors.centres))
    centres = sparse.csr_matrix(vectors.centres)
    best = timed(lambda: sp_matmul_topn(centres, sparse.csr_matrix(centres.T), top_n=BEST))
    return f"{row} {scoring / plain:.2f} | {scoring / brute:.2f} | {scoring / best:.2f} |"


def measure_refresh(people: int) -> str:
    """Return what share of a full fit one person's refresh takes: the median of several people."""
    event = made_up_event(people, seed=1)
    kept: list[Mapping[str, Sequence[Suggestion]]] = []
    full = timed(lambda: kept.append(suggest(event.profiles, catalogue=event.catalogue, top=BEST)))
    vectors = vectorise(event.profiles, event.catalogue)
    lists = StandingLists.of_lists(vectors.position, kept[0])
    refresh(vectors, event.profiles[0].id, lists, top=BEST)  # what is worked out once and kept
    times = []
    for place in range(1, people, max(1, people // 9)):
        changed = replace(
            event.profiles[place], bio="Peat bogs and river levels, and salt lagoons by the coast"
        )
        times.append(
            timed(lambda: refresh(with_profile(vectors, changed), changed.id, lists, top=BEST))  # noqa: B023 - at once
        )
    once = median(times)
    return f"{people:,} people: everything {full:.1f} s, one person {once:.2f} s, 1/{full / once:.0f}"


def main() -> None:
    """Print the table, a row as soon as it is known."""
    options = argparse.ArgumentParser(description="Measure the speed and memory of matching.")
    options.add_argument("people", type=int, nargs="*", default=[200, 1000, 10_000])
    options.add_argument("--only-ours", action="store_true", help="Leave out what it is compared with.")
    options.add_argument("--refresh", action="store_true", help="Measure one person's refresh instead.")
    chosen = options.parse_args()
    if chosen.refresh:
        for people in chosen.people:
            print(measure_refresh(people), flush=True)
        return
    print(
        "| people | reading | scores and best 20 | memory | / plain products | / brute force | / sparse-dot-topn |"
    )
    print("|---|---|---|---|---|---|---|")
    for people in chosen.people:
        print(measure(people, only_ours=chosen.only_ours), flush=True)


if __name__ == "__main__":
    main()
