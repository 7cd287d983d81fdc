"""The keys of a problem file: what kind of value each has, and how it is read and written.

Errors name the field. What a key means is said in docs/planning.md, and at `Problem`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from matchmaker.scheduling.problem.json_reading import of_kind, only_keys, texts, whole_numbers
from matchmaker.scheduling.problem.parts import (
    Corner,
    HostTable,
    Kin,
    LockedMeeting,
    Meet,
    Mixing,
    Person,
    ProblemError,
    Rest,
    Round,
    TableTopic,
)

Pairs = tuple[tuple[str, str], ...]

KINDS: dict[str, Any] = {
    "people": list,
    "rounds": list,
    "pairs": list,
    "forbidden": list,
    "wanted": list,
    "fixed_table": dict,
    "allowed_tables": dict,
    "trios": (bool, list),
    "fill": bool,
    "locked": list,
    "locked_meetings": list,
    "met": list,
    "met_before": list,
    "apart": list,
    "double": list,
    "rests": dict,
    "helpers": dict,
    "host_tables": list,
    "mixing": dict,
    "gentle": bool,
    "kin": list,
    "corners": list,
    "topics": list,
}
"""The kind of value of each key, in the order in which a problem is written."""

NEEDED = ("people", "rounds", "pairs")
"""The keys that a problem file must have."""


def _each(read: Callable[[str, Any], Any], name: str) -> Callable[[list[Any]], tuple[Any, ...]]:
    """Return what reads a list called `name`, each entry by `read` and with its number in errors."""
    return lambda entries: tuple(read(f"{name}[{number}]", entry) for number, entry in enumerate(entries))


def _person(where: str, entry: Any) -> Person:
    only_keys(
        where,
        entry,
        {"id": str, "rounds": (list, type(None)), "pool": (str, type(None))},
        ("id",),
        ProblemError,
    )
    rounds = entry.get("rounds")
    there = None if rounds is None else frozenset(whole_numbers(f"{where}.rounds", rounds))
    return Person(entry["id"], there, entry.get("pool"))


def _round(where: str, entry: Any) -> Round:
    only_keys(where, entry, {"tables": int, "closed": list, "after_break": bool}, ("tables",), ProblemError)
    closed = frozenset(whole_numbers(f"{where}.closed", entry.get("closed", [])))
    return Round(entry["tables"], closed, entry.get("after_break", False))


def _scored(where: str, entry: Any) -> tuple[str, str, float]:
    if not (
        isinstance(entry, list)
        and len(entry) == 3
        and isinstance(entry[0], str)
        and isinstance(entry[1], str)
    ):
        raise ProblemError(where, 'must be two ids and a score, such as ["p1", "p7", 0.61].')
    return (entry[0], entry[1], entry[2])


def _pair(where: str, entry: Any) -> tuple[str, str]:
    if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(one, str) for one in entry)):
        raise ProblemError(where, 'must be two ids, such as ["p1", "p7"].')
    return (entry[0], entry[1])


def _locked_meeting(where: str, entry: Any) -> LockedMeeting:
    kinds = {"round": int, "table": int, "people": list}
    only_keys(where, entry, kinds, tuple(kinds), ProblemError)
    return LockedMeeting(entry["round"], entry["table"], tuple(texts(f"{where}.people", entry["people"])))


def _host_table(where: str, entry: Any) -> HostTable:
    needed = {"table": int, "round": int, "host": str, "seats": int}
    only_keys(where, entry, needed | {"people": list, "interested": list}, tuple(needed), ProblemError)
    people, interested = (
        tuple(texts(f"{where}.{name}", entry.get(name, []))) for name in ("people", "interested")
    )
    return HostTable(entry["table"], entry["round"], entry["host"], entry["seats"], people, interested)


def _kin(where: str, entry: Any) -> Kin:
    only_keys(where, entry, {"people": list, "meet": str}, ("people",), ProblemError)
    meet = entry.get("meet", Meet.NEVER.value)
    if meet not in {one.value for one in Meet}:
        raise ProblemError(f"{where}.meet", f"must be one of {', '.join(one.value for one in Meet)}.")
    return Kin(tuple(texts(f"{where}.people", entry["people"])), Meet(meet))


def _corner(where: str, entry: Any) -> Corner:
    kinds = {"id": str, "seats": int, "rounds": (list, type(None)), "beside": list, "not_for": list}
    only_keys(where, entry, kinds, ("id", "seats"), ProblemError)
    rounds = entry.get("rounds")
    there = None if rounds is None else frozenset(whole_numbers(f"{where}.rounds", rounds))
    beside, not_for = (tuple(texts(f"{where}.{name}", entry.get(name, []))) for name in ("beside", "not_for"))
    return Corner(entry["id"], entry["seats"], there, beside, not_for)


def _topic(where: str, entry: Any) -> TableTopic:
    kinds = {"id": str, "hosts": list, "seats": int, "stars": list, "times": int, "loud": bool}
    only_keys(where, entry, kinds, ("id", "hosts", "seats"), ProblemError)
    hosts, stars = (tuple(texts(f"{where}.{name}", entry.get(name, []))) for name in ("hosts", "stars"))
    return TableTopic(
        entry["id"], hosts, entry["seats"], stars, entry.get("times", 1), entry.get("loud", False)
    )


def _allowed_tables(entry: dict[str, Any]) -> dict[str, frozenset[int]]:
    return {
        person: frozenset(whole_numbers(f"allowed_tables.{person}", tables))
        for person, tables in entry.items()
    }


def _rests(entry: dict[str, Any]) -> dict[str, Rest]:
    for person, rest in entry.items():
        only_keys(f"rests.{person}", rest, {"most": int, "in_a_row": int}, (), ProblemError)
    return {person: Rest(**rest) for person, rest in entry.items()}


def _mixing(entry: dict[str, Any]) -> Mixing:
    only_keys("mixing", entry, {"least": int}, ("least",), ProblemError)
    return Mixing(entry["least"])


def _helpers(entry: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    for name, people in entry.items():
        of_kind(f"helpers.{name}", people, list, ProblemError)
        texts(f"helpers.{name}", people)
    return {name: tuple(people) for name, people in entry.items()}


READ: dict[str, Callable[[Any], Any]] = {
    "people": _each(_person, "people"),
    "rounds": _each(_round, "rounds"),
    "pairs": _each(_scored, "pairs"),
    "forbidden": _each(_pair, "forbidden"),
    "wanted": _each(_pair, "wanted"),
    "fixed_table": dict,
    "allowed_tables": _allowed_tables,
    "trios": lambda entry: entry if isinstance(entry, bool) else frozenset(texts("trios", entry)),
    "fill": bool,
    "locked": lambda entry: frozenset(whole_numbers("locked", entry)),
    "locked_meetings": _each(_locked_meeting, "locked_meetings"),
    "met": _each(_pair, "met"),
    "met_before": _each(_pair, "met_before"),
    "apart": _each(_pair, "apart"),
    "double": _each(_pair, "double"),
    "rests": _rests,
    "helpers": _helpers,
    "host_tables": _each(_host_table, "host_tables"),
    "mixing": _mixing,
    "gentle": bool,
    "kin": _each(_kin, "kin"),
    "corners": _each(_corner, "corners"),
    "topics": _each(_topic, "topics"),
}
"""How the value of each key becomes a field of `Problem`; the kinds have been looked at before."""


def _write_round(round_: Round) -> dict[str, Any]:
    closed = {"closed": sorted(round_.closed)} if round_.closed else {}
    return {"tables": round_.tables} | closed | ({"after_break": True} if round_.after_break else {})


def _write_person(person: Person) -> dict[str, Any]:
    rounds = {} if person.rounds is None else {"rounds": sorted(person.rounds)}
    return {"id": person.id} | rounds | ({} if person.pool is None else {"pool": person.pool})


def _write_locked(meeting: LockedMeeting) -> dict[str, Any]:
    return {"round": meeting.round, "table": meeting.table, "people": list(meeting.people)}


def _write_host_table(one: HostTable) -> dict[str, Any]:
    lists = {"people": list(one.people), "interested": list(one.interested)}
    written = {"table": one.table, "round": one.round, "host": one.host, "seats": one.seats}
    return written | {name: people for name, people in lists.items() if people}


def _write_rest(rest: Rest) -> dict[str, int]:
    limits = {"most": rest.most, "in_a_row": rest.in_a_row}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _write_pairs(pairs: Pairs) -> list[list[str]]:
    return [list(pair) for pair in pairs]


def _write_corner(corner: Corner) -> dict[str, Any]:
    rounds = {} if corner.rounds is None else {"rounds": sorted(corner.rounds)}
    lists = {"beside": list(corner.beside), "not_for": list(corner.not_for)}
    some = {name: values for name, values in lists.items() if values}
    return {"id": corner.id, "seats": corner.seats} | rounds | some


def _write_topic(topic: TableTopic) -> dict[str, Any]:
    written = {"id": topic.id, "hosts": list(topic.hosts), "seats": topic.seats, "stars": list(topic.stars)}
    return written | {"times": topic.times} | ({"loud": True} if topic.loud else {})


def _write_tables(allowed: Mapping[str, frozenset[int]]) -> dict[str, list[int]]:
    return {person: sorted(tables) for person, tables in allowed.items()}


WRITE: dict[str, Callable[[Any], Any]] = {
    "people": lambda people: [_write_person(person) for person in people],
    "rounds": lambda rounds: [_write_round(round_) for round_ in rounds],
    "pairs": _write_pairs,
    "forbidden": _write_pairs,
    "wanted": _write_pairs,
    "fixed_table": dict,
    "allowed_tables": _write_tables,
    "trios": lambda trios: trios if isinstance(trios, bool) else sorted(trios),
    "fill": bool,
    "locked": sorted,
    "locked_meetings": lambda meetings: [_write_locked(meeting) for meeting in meetings],
    "met": _write_pairs,
    "met_before": _write_pairs,
    "apart": _write_pairs,
    "double": _write_pairs,
    "rests": lambda rests: {person: _write_rest(rest) for person, rest in rests.items()},
    "host_tables": lambda tables: [_write_host_table(one) for one in tables],
    "mixing": lambda mixing: None if mixing is None else {"least": mixing.least},
    "gentle": bool,
    "corners": lambda corners: [_write_corner(one) for one in corners],
    "topics": lambda topics: [_write_topic(one) for one in topics],
    "kin": lambda kin: [{"people": list(one.people), "meet": one.meet.value} for one in kin],
    "helpers": lambda helpers: {name: list(people) for name, people in helpers.items()},
}
"""How each field of `Problem` is written."""
