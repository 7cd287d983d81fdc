"""Problems and plans as JSON text, and back.

Every key is checked: an unknown one is an error, because a rule that is misspelt and silently dropped would
be broken by a plan that claims to keep it. Errors name the field, or the line where the text is no JSON at
all.
"""

import json
from collections.abc import Callable
from typing import Any

from matchmaker.scheduling.plan import Certificate, Changes, Meeting, Plan, PlanError, Unmet
from matchmaker.scheduling.problem import Person, Problem, ProblemError, Round

_Error = Callable[[str, str], Exception]

_PROBLEM_KEYS = {
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
}
_KINDS = {list: "a list", dict: "an object", str: "text", bool: "true or false", int: "a whole number"}


def problem_from_json(text: str) -> Problem:
    """Read a problem. Raises ProblemError, naming the field or the line."""
    data = _object(text, ProblemError)
    _only_keys("", data, _PROBLEM_KEYS, ("people", "rounds", "pairs"), ProblemError)
    people = tuple(_person(number, entry) for number, entry in enumerate(data["people"]))
    trios = data.get("trios", False)
    return Problem(
        people=people,
        rounds=tuple(_round(number, entry) for number, entry in enumerate(data["rounds"])),
        pairs=tuple(_scored(number, entry) for number, entry in enumerate(data["pairs"])),
        forbidden=_pairs("forbidden", data.get("forbidden", [])),
        wanted=_pairs("wanted", data.get("wanted", [])),
        fixed_table=data.get("fixed_table", {}),
        allowed_tables={
            person: frozenset(_whole_numbers(f"allowed_tables.{person}", tables))
            for person, tables in data.get("allowed_tables", {}).items()
        },
        trios=trios if isinstance(trios, bool) else frozenset(_texts("trios", trios)),
        fill=data.get("fill", False),
        locked=frozenset(_whole_numbers("locked", data.get("locked", []))),
    )


def problem_to_json(problem: Problem) -> str:
    """Write a problem so that `problem_from_json` reads the same one; keys that say nothing are left out."""
    data: dict[str, Any] = {
        "people": [
            {"id": person.id} | ({} if person.rounds is None else {"rounds": sorted(person.rounds)})
            for person in problem.people
        ],
        "rounds": [{"tables": round_.tables} for round_ in problem.rounds],
        "pairs": [list(pair) for pair in problem.pairs],
        "forbidden": [list(pair) for pair in problem.forbidden],
        "wanted": [list(pair) for pair in problem.wanted],
        "fixed_table": dict(problem.fixed_table),
        "allowed_tables": {person: sorted(tables) for person, tables in problem.allowed_tables.items()},
        "trios": problem.trios if isinstance(problem.trios, bool) else sorted(problem.trios),
        "fill": problem.fill,
        "locked": sorted(problem.locked),
    }
    always = ("people", "rounds", "pairs")
    return json.dumps(
        {key: value for key, value in data.items() if value or key in always}, ensure_ascii=False
    )


def plan_from_json(text: str) -> Plan:
    """Read a plan. Raises PlanError, naming the field or the line."""
    data = _object(text, PlanError)
    _only_keys("", data, {"meetings": list, "certificate": dict}, ("meetings", "certificate"), PlanError)
    meetings = tuple(_meeting(number, entry) for number, entry in enumerate(data["meetings"]))
    return Plan(meetings, _certificate(data["certificate"]))


def plan_to_json(plan: Plan) -> str:
    """Write a plan, one meeting a line, so that two versions can be compared line by line."""
    meetings = [
        {"round": m.round, "table": m.table, "people": list(m.people), "score": m.score}
        for m in plan.meetings
    ]
    lines = ",\n".join(json.dumps(meeting, ensure_ascii=False) for meeting in meetings)
    return f'{{"meetings": [\n{lines}\n],\n"certificate": {_certificate_to_json(plan.certificate)}}}\n'


def _certificate_to_json(certificate: Certificate) -> str:
    data: dict[str, Any] = {
        "total": certificate.total,
        "bound": certificate.bound,
        "fair_bound": certificate.fair_bound,
        "ratio": certificate.ratio,
        "fewest_meetings": certificate.fewest_meetings,
        "double_sit_outs": certificate.double_sit_outs,
        "unmet": [{"people": list(unmet.people), "because": unmet.because} for unmet in certificate.unmet],
    }
    if certificate.changes is not None:
        data["changes"] = {name: getattr(certificate.changes, name) for name in _CHANGES}
    return json.dumps(data, ensure_ascii=False)


def _object(text: str, error: _Error) -> dict[str, Any]:
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as broken:
        raise error(f"line {broken.lineno}", f"is not JSON: {broken.msg}.") from None
    except RecursionError:
        raise error("line 1", "is not a problem or a plan: it is nested too deeply.") from None
    if not isinstance(data, dict):
        raise error("line 1", "must be one JSON object, starting with {.")
    return data


def _only_keys(
    where: str, data: Any, kinds: dict[str, Any], required: tuple[str, ...], error: _Error
) -> None:
    """Refuse anything but an object with the keys of `kinds`, each of its kind, and all of `required`."""
    prefix = f"{where}." if where else ""
    if not isinstance(data, dict):
        raise error(where, f"must be an object, such as {{{', '.join(kinds)}}}.")
    for key, value in data.items():
        if key not in kinds:
            raise error(f"{prefix}{key}", f"is not a key that is known here; use {', '.join(kinds)}.")
        _of_kind(f"{prefix}{key}", value, kinds[key], error)
    for key in required:
        if key not in data:
            raise error(f"{prefix}{key}", "is missing.")


def _of_kind(where: str, value: Any, kind: Any, error: _Error) -> None:
    allowed = kind if isinstance(kind, tuple) else (kind,)
    is_number_but_bool = isinstance(value, bool) and bool not in allowed
    if not isinstance(value, allowed) or is_number_but_bool:
        raise error(where, f"must be {' or '.join(_KINDS.get(one, 'a number') for one in allowed)}.")


def _person(number: int, entry: Any) -> Person:
    where = f"people[{number}]"
    _only_keys(where, entry, {"id": str, "rounds": (list, type(None))}, ("id",), ProblemError)
    rounds = entry.get("rounds")
    return Person(
        entry["id"], None if rounds is None else frozenset(_whole_numbers(f"{where}.rounds", rounds))
    )


def _round(number: int, entry: Any) -> Round:
    _only_keys(f"rounds[{number}]", entry, {"tables": int}, ("tables",), ProblemError)
    return Round(entry["tables"])


def _scored(number: int, entry: Any) -> tuple[str, str, float]:
    if not (
        isinstance(entry, list)
        and len(entry) == 3
        and isinstance(entry[0], str)
        and isinstance(entry[1], str)
    ):
        raise ProblemError(f"pairs[{number}]", 'must be two ids and a score, such as ["p1", "p7", 0.61].')
    return (entry[0], entry[1], entry[2])


def _pairs(name: str, entries: list[Any]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for number, entry in enumerate(entries):
        if not (isinstance(entry, list) and len(entry) == 2 and all(isinstance(one, str) for one in entry)):
            raise ProblemError(f"{name}[{number}]", 'must be two ids, such as ["p1", "p7"].')
        pairs.append((entry[0], entry[1]))
    return tuple(pairs)


def _whole_numbers(where: str, value: Any) -> list[int]:
    _of_kind(where, value, list, ProblemError)
    for one in value:
        _of_kind(where, one, int, ProblemError)
    return list(value)


def _texts(where: str, value: list[Any]) -> list[str]:
    for one in value:
        _of_kind(where, one, str, ProblemError)
    return value


_MEETING = {"round": int, "table": int, "people": list, "score": (int, float)}
_UNMET = {"people": list, "because": str}
_CHANGES = {"kept": int, "moved": int, "dropped": int, "added": int, "least": int}
_CERTIFICATE = {
    "total": (int, float),
    "bound": (int, float),
    "fair_bound": (int, float),
    "ratio": (int, float),
    "fewest_meetings": int,
    "double_sit_outs": int,
    "unmet": list,
    "changes": dict,
}


def _meeting(number: int, entry: Any) -> Meeting:
    where = f"meetings[{number}]"
    _only_keys(where, entry, _MEETING, tuple(_MEETING), PlanError)
    for one in entry["people"]:
        _of_kind(f"{where}.people", one, str, PlanError)
    return Meeting(entry["round"], entry["table"], tuple(entry["people"]), float(entry["score"]))


def _certificate(entry: dict[str, Any]) -> Certificate:
    required = tuple(key for key in _CERTIFICATE if key != "changes")
    _only_keys("certificate", entry, _CERTIFICATE, required, PlanError)
    unmet = []
    for number, one in enumerate(entry["unmet"]):
        where = f"certificate.unmet[{number}]"
        _only_keys(where, one, _UNMET, tuple(_UNMET), PlanError)
        if len(one["people"]) != 2 or not all(isinstance(person, str) for person in one["people"]):
            raise PlanError(f"{where}.people", "must be two ids.")
        unmet.append(Unmet((one["people"][0], one["people"][1]), one["because"]))
    changes = None
    if "changes" in entry:
        _only_keys("certificate.changes", entry["changes"], _CHANGES, tuple(_CHANGES), PlanError)
        changes = Changes(**entry["changes"])
    figures = {key: entry[key] for key in required if key != "unmet"}
    return Certificate(**figures, unmet=tuple(unmet), changes=changes)
