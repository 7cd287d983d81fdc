"""Measure the planner's talks beside two simpler rules, in one run on one machine.

    python -m benchmarks.topics [--events 5] [--people 150]

Eight slots, six corners, thirty topics with twenty-five seats that may be on twice, six stars each; pairs meet in the
last four slots too. The greedy rule puts the topics with most stars into the slots in turn, and lets everybody go to
whichever of their topics in a slot has most stars, as an unconference does with a wall of cards (built from the
description of simple-unconference). The clash rule places each topic where fewest of those who want it want another
one that is there, as an integer program for conferences counts clashes (built from the description of
ConferenceScheduler; the program is solved by a descent). Prints stars reached, their share of a proven bound, and CPU
seconds; then what changes for those who are not touched when 8 % are absent.
"""

import argparse
import random
import time
from dataclasses import replace
from itertools import combinations

from matchmaker.scheduling.checker.check import check
from matchmaker.scheduling.problem.plan import Plan
from matchmaker.scheduling.problem.problem import Corner, Person, Problem, Round, TableTopic
from matchmaker.scheduling.solver.planner import plan
from matchmaker.scheduling.solver.stars import stars_bound

SLOTS, WITH_PAIRS, CORNERS, TOPICS, STARS, SEATS = 8, 4, 6, 30, 6, 25
Slots = list[list[TableTopic]]


def made_up_event(people: int, seed: int) -> Problem:
    """Return an event whose topics are wanted as often as a Zipf law says."""
    chance = random.Random(seed)
    ids = [f"p{i:03}" for i in range(people)]
    weights = [1 / (place + 1) ** 0.7 for place in range(TOPICS)]
    hosts = [chance.choice(ids) for _ in range(TOPICS)]
    stars: list[list[str]] = [[] for _ in range(TOPICS)]
    for one in ids:
        mine: set[int] = set()
        while len(mine) < STARS:
            topic = chance.choices(range(TOPICS), weights)[0]
            if hosts[topic] != one:
                mine.add(topic)
        for topic in sorted(mine):
            stars[topic].append(one)
    return Problem(
        people=tuple(map(Person, ids)),
        rounds=tuple(Round(people // 2 if slot >= SLOTS - WITH_PAIRS else 0) for slot in range(SLOTS)),
        pairs=tuple(
            (a, b, round(chance.random(), 3)) for a, b in combinations(ids, 2) if chance.random() < 0.3
        ),
        corners=tuple(Corner(f"Corner {place + 1}", SEATS + 5) for place in range(CORNERS)),
        topics=tuple(
            TableTopic(f"t{i}", (hosts[i],), SEATS, tuple(stars[i]), times=2) for i in range(TOPICS)
        ),
    )


def greedy(problem: Problem) -> Slots:
    """Return slots filled in turn with the topics that most want, and those a second time where there is room."""
    slots: Slots = [[] for _ in range(SLOTS)]
    by_stars = sorted(problem.topics, key=lambda topic: -len(topic.stars))
    for topic in by_stars * 2:
        fitting = [one for one in slots if _fits(one, topic)]
        if fitting:
            min(fitting, key=len).append(topic)
    return slots


def fewest_clashes(problem: Problem) -> Slots:
    """Return slots in which few people want two topics at once: each where it clashes least, then moved again."""
    slots: Slots = [[] for _ in range(SLOTS)]
    wanted = {topic.id: set(topic.stars) for topic in problem.topics}

    def clashes(slot: list[TableTopic], topic: TableTopic) -> int:
        return sum(len(wanted[topic.id] & wanted[other.id]) for other in slot if other is not topic)

    for topic in sorted(problem.topics, key=lambda topic: -len(topic.stars)) * 2:
        fitting = [one for one in slots if _fits(one, topic)]
        if fitting:
            min(fitting, key=lambda slot: clashes(slot, topic)).append(topic)
    for _ in range(20):
        for slot in slots:
            for topic in list(slot):
                slot.remove(topic)
                fitting = [one for one in slots if _fits(one, topic)]
                min(fitting or [slot], key=lambda one: clashes(one, topic)).append(topic)
    return slots


def _fits(slot: list[TableTopic], topic: TableTopic) -> bool:
    hosts = {host for other in slot for host in other.hosts}
    return len(slot) < CORNERS and topic not in slot and hosts.isdisjoint(topic.hosts)


def reached(slots: Slots) -> int:
    """Return the stars reached if everybody goes, slot by slot, to the topic of theirs that most want."""
    had: set[tuple[str, str]] = set()
    for slot in slots:
        hosting = {host for topic in slot for host in topic.hosts}
        busy = set(hosting)
        for topic in sorted(slot, key=lambda topic: -len(topic.stars)):
            able = [one for one in topic.stars if one not in busy and (topic.id, one) not in had]
            there = able[: topic.seats - len(topic.hosts)]
            busy.update(there)
            had.update((topic.id, one) for one in there)
    return len(had)


def untouched_that_change(problem: Problem, made: Plan) -> tuple[int, int]:
    """Return how many places of people whom the absence of 8 % does not touch change, and how many there are."""
    chance = random.Random(1)
    gone = {one.id for one in problem.people if chance.random() < 0.08}
    people = tuple(replace(one, rounds=frozenset()) if one.id in gone else one for one in problem.people)
    again = plan(replace(problem, people=people), keep=made)
    hosts = {topic.id: set(topic.hosts) for topic in problem.topics}
    before, after = _day(made), _day(again)
    lost = {(one.round, one.topic) for one in made.talks if hosts[one.topic] & gone}
    free = {
        key: place for key, place in before.items()
        if key[0] not in gone and gone.isdisjoint(place) and (key[1], place[0]) not in lost
    }  # fmt: skip
    return sum(after.get(key) != place for key, place in free.items()), len(free)


def _day(made: Plan) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return where everybody is: the topic, or whom they meet, by person and round."""
    day: dict[tuple[str, int], tuple[str, ...]] = {
        (one, talk.round): (talk.topic,) for talk in made.talks for one in talk.people
    }
    for held in made.meetings:
        day |= {(one, held.round): tuple(x for x in held.people if x != one) for one in held.people}
    return day


def main() -> None:
    """Measure so many events."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=5)
    parser.add_argument("--people", type=int, default=150)
    given = parser.parse_args()
    for seed in range(given.events):
        problem = made_up_event(given.people, seed)
        bound = stars_bound(problem)
        started = time.process_time()
        made = plan(problem, seed=seed)
        seconds = time.process_time() - started
        ours = made.certificate.stars or 0
        simple = {"greedy": reached(greedy(problem)), "fewest clashes": reached(fewest_clashes(problem))}
        others = ", ".join(f"{name} {stars} (ours {ours / stars - 1:+.1%})" for name, stars in simple.items())
        changed, places = untouched_that_change(problem, made)
        print(
            f"event {seed}: {ours} of at most {bound} stars ({ours / bound:.2%}) in {seconds:.1f} s; {others};"
        )
        print(
            f"  pairs at {made.certificate.ratio:.4f} of their bound, nobody has fewer than "
            f"{made.certificate.fewest_meetings} meetings and topics, {len(check(problem, made))} rules broken;"
        )
        print(f"  8 % absent: {changed} of {places} places of others change", flush=True)


if __name__ == "__main__":
    main()
