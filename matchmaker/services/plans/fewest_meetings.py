"""Tell organisers who has the fewest meetings in a plan, and what stops them from having more."""

from dataclasses import dataclass

from matchmaker.documents.counts import plural
from matchmaker.scheduling.problem.problem import Problem
from matchmaker.scheduling.shortages import shortages
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.too_few_tables import common_needs

MOST_NAMES = 10
"""So many people are named; of more it is said how many there are."""


@dataclass(frozen=True)
class FewestMeetings:
    """How many meetings those with fewest have, who they are, and a sentence that says why."""

    meetings: int
    names: tuple[str, ...]
    others: int
    because: str


def fewest_meetings(review: Review) -> FewestMeetings | None:
    """Return who has fewest; None where everybody has as many, or nobody is there.

    Who asks for rests is not among them: they have what they asked for.
    """
    shares = [one for one in review.shares if one.person.id not in review.hall.rests]
    least = min((one.meetings for one in shares), default=0)
    most = max((one.meetings for one in shares), default=0)
    if least == most:
        return None
    names = sorted((one.person.name for one in shares if one.meetings == least), key=str.casefold)
    named = tuple(names[:MOST_NAMES])
    return FewestMeetings(least, named, len(names) - len(named), _because(review, least))


def _because(review: Review, least: int) -> str:
    """Return what limits the fewest meetings, in a sentence; "" for a plan that was kept without saying so."""
    certificate = review.certificate
    bound, limit = certificate.get("fewest_bound"), certificate.get("fewest_limit")
    if bound is None or limit is None or least != review.fewest:
        return ""
    if bound > least:
        return (
            f"It is not proven that they could not have more; no plan can give everybody more than {bound}."
        )
    people = [int(one) for one in limit["people"]]
    return _of_one(review, people, limit["because"]) or _of_several(review, people, limit["because"])


def _of_one(review: Review, people: list[int], words: str) -> str:
    """Return what limits one person, in a sentence; "" if it is something that several share."""
    name = next((one.name for person in people if (one := review.known(person)) is not None), "Somebody")
    numbers = _numbers(words)
    if "table or a topic" in words:
        limit = f"{name} can be at a table or a topic in {_only(numbers[-1])}."
    elif "meetings at tables" in words:
        meetings, topics = plural(numbers[-2], "meeting"), plural(numbers[-1], "table topic")
        limit = f"{name} can have {meetings} at tables and be at {topics} at most."
    elif "can be at a table in" in words:
        limit = f"{name} can be at a table in {_only(numbers[-1])}."
    elif "meetings with others" in words:
        limit = f"{name} may meet {plural(numbers[-1], 'other')} at most."
    else:
        return ""
    return f"{limit} No plan could give everybody more."


def _only(rounds: int) -> str:
    return f"{plural(rounds, 'round')} only" if rounds else "no round"


def _of_several(review: Review, people: list[int], words: str) -> str:
    """Return what limits people together, in a sentence."""
    if "people come with" in words or "need helper" in words:  # the latter in plans that were kept before
        places = int(words.split("give them ")[1].split()[0])
        return (
            f"{len(people)} people share a supporter, who can be at one table at a time: "
            f"{plural(places, 'place')} in all. No plan could give each of them more."
        )
    kind = common_needs(review.hall, people)
    if kind:
        tables = plural(len(review.hall.allowed.get(people[0], ())), "is", "are")
        return (
            f"{len(people)} people need a {kind} table, and {tables} {kind}. "
            "No plan could give each of them more."
        )
    return (
        f"{_shared(review.problem, people)} No plan could give everybody more."
        if people
        else "No plan could give more."
    )


def _shared(problem: Problem, people: list[int]) -> str:
    """Return what there is too little of for people who may sit anywhere: tables, or others whom they may meet."""
    among = set(map(str, people))
    there = [
        sum(one.id in among and (one.rounds is None or number in one.rounds) for one in problem.people)
        for number in range(1, len(problem.rounds) + 1)
    ]
    tables = [
        sum(round_.has(table) for table in range(1, round_.tables + 1))
        + sum(one.seats for one in problem.host_tables if one.round == number) // 2
        for number, round_ in enumerate(problem.rounds, start=1)
    ]
    if any(count // 2 > several for count, several in zip(there, tables, strict=True)):
        return "There are not enough tables."
    if any(count % 2 for count in there):
        return "People meet in twos, and where their number is odd one of them sits out."
    return "Too few of them may meet each other."


def _numbers(words: str) -> list[int]:
    return [int(word) for word in words.replace(",", "").split() if word.isdigit()]


def kind_in_short_supply(review: Review) -> tuple[str, frozenset[str]]:
    """Return the kind of table of which there are too few for who needs it, and their ids; "" where there is none."""
    for short in shortages(review.problem):
        kind = common_needs(review.hall, [int(one) for one in short.people])
        if short.tables is not None and kind:
            return kind, frozenset(short.people)
    return "", frozenset()
