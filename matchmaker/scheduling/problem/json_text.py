"""Problems and plans as JSON text, and back.

Every key is checked: an unknown one is an error, because a rule that is misspelt and silently dropped would
be broken by a plan that claims to keep it. Errors name the field, or the line where the text is no JSON at
all.
"""

import json
from typing import Any

from matchmaker.scheduling.problem.file_keys import KINDS, NEEDED, READ, WRITE
from matchmaker.scheduling.problem.json_reading import json_object, of_kind, only_keys
from matchmaker.scheduling.problem.plan import (
    Certificate,
    Changes,
    FewestLimit,
    GaveWay,
    Group,
    Meeting,
    Plan,
    PlanError,
    Talk,
    Unmet,
)
from matchmaker.scheduling.problem.problem import Problem, ProblemError


def problem_from_json(text: str) -> Problem:
    """Read a problem. Raises ProblemError, naming the field or the line."""
    return problem_from_object(json_object(text, ProblemError))


def problem_from_object(data: dict[str, Any]) -> Problem:
    """Read a problem from the object that its text holds. Raises ProblemError, naming the field."""
    only_keys("", data, KINDS, NEEDED, ProblemError)
    return Problem(**{key: READ[key](value) for key, value in data.items()})


def problem_to_json(problem: Problem) -> str:
    """Write a problem so that `problem_from_json` reads the same one."""
    return json.dumps(problem_to_object(problem), ensure_ascii=False)


def problem_to_object(problem: Problem) -> dict[str, Any]:
    """Return the object that the problem's text holds; keys that say nothing are left out."""
    data = {key: WRITE[key](getattr(problem, key)) for key in KINDS}
    return {key: value for key, value in data.items() if value or key in NEEDED}


def plan_from_json(text: str) -> Plan:
    """Read a plan. Raises PlanError, naming the field or the line."""
    data = json_object(text, PlanError)
    only_keys("", data, _PLAN, ("meetings", "certificate"), PlanError)
    meetings = tuple(_meeting(number, entry) for number, entry in enumerate(data["meetings"]))
    groups = tuple(_group(number, entry) for number, entry in enumerate(data.get("groups", ())))
    talks = tuple(_talk(number, entry) for number, entry in enumerate(data.get("talks", ())))
    return Plan(meetings, _certificate(data["certificate"]), groups, talks)


def plan_to_json(plan: Plan) -> str:
    """Write a plan, one meeting a line, so that two versions can be compared line by line."""
    meetings = [
        {"round": m.round, "table": m.table, "people": list(m.people), "score": m.score}
        for m in plan.meetings
    ]
    lines = ",\n".join(json.dumps(meeting, ensure_ascii=False) for meeting in meetings)
    groups = [
        {"round": one.round, "table": one.table, "host": one.host, "people": list(one.people)}
        for one in plan.groups
    ]
    talks = [
        {"round": one.round, "corner": one.corner, "topic": one.topic, "people": list(one.people)}
        for one in plan.talks
    ]
    more = f'"groups": {json.dumps(groups, ensure_ascii=False)},\n' if groups else ""
    more += f'"talks": {json.dumps(talks, ensure_ascii=False)},\n' if talks else ""
    certificate = json.dumps(certificate_to_object(plan.certificate), ensure_ascii=False)
    return f'{{"meetings": [\n{lines}\n],\n{more}"certificate": {certificate}}}\n'


def certificate_to_object(certificate: Certificate) -> dict[str, Any]:
    """Return the object that a plan's text holds of its certificate."""
    data: dict[str, Any] = {
        "total": certificate.total,
        "bound": certificate.bound,
        "fair_bound": certificate.fair_bound,
        "ratio": certificate.ratio,
        "fewest_meetings": certificate.fewest_meetings,
        "double_sit_outs": certificate.double_sit_outs,
        "unmet": [_words_to_json(one) for one in certificate.unmet],
    }
    if certificate.gave_way:
        data["gave_way"] = [_words_to_json(one) for one in certificate.gave_way]
    if certificate.changes is not None:
        data["changes"] = {name: getattr(certificate.changes, name) for name in _CHANGES}
    if certificate.fewest_bound is not None:
        data["fewest_bound"] = certificate.fewest_bound
    for name in ("stars", "stars_bound"):
        if getattr(certificate, name) is not None:
            data[name] = getattr(certificate, name)
    if certificate.fewest_limit is not None:
        data["fewest_limit"] = _words_to_json(certificate.fewest_limit)
    return data


def _words_to_json(one: Unmet | GaveWay | FewestLimit) -> dict[str, Any]:
    return {"people": list(one.people), "because": one.because}


_PLAN = {"meetings": list, "groups": list, "talks": list, "certificate": dict}
_GROUP = {"round": int, "table": int, "host": str, "people": list}
_TALK = {"round": int, "corner": str, "topic": str, "people": list}
_MEETING = {"round": int, "table": int, "people": list, "score": (int, float)}
_WORDS = {"people": list, "because": str}
_CHANGES = {"kept": int, "moved": int, "dropped": int, "added": int, "least": int}
_CERTIFICATE = {
    "total": (int, float),
    "bound": (int, float),
    "fair_bound": (int, float),
    "ratio": (int, float),
    "fewest_meetings": int,
    "double_sit_outs": int,
    "unmet": list,
    "gave_way": list,
    "changes": dict,
    "fewest_bound": int,
    "fewest_limit": dict,
    "stars": int,
    "stars_bound": int,
}
_OPTIONAL = ("gave_way", "changes", "fewest_bound", "fewest_limit", "stars", "stars_bound")


def _meeting(number: int, entry: Any) -> Meeting:
    where = f"meetings[{number}]"
    only_keys(where, entry, _MEETING, tuple(_MEETING), PlanError)
    for one in entry["people"]:
        of_kind(f"{where}.people", one, str, PlanError)
    return Meeting(entry["round"], entry["table"], tuple(entry["people"]), float(entry["score"]))


def _group(number: int, entry: Any) -> Group:
    where = f"groups[{number}]"
    only_keys(where, entry, _GROUP, tuple(_GROUP), PlanError)
    for one in entry["people"]:
        of_kind(f"{where}.people", one, str, PlanError)
    return Group(entry["round"], entry["table"], entry["host"], tuple(entry["people"]))


def _talk(number: int, entry: Any) -> Talk:
    where = f"talks[{number}]"
    only_keys(where, entry, _TALK, tuple(_TALK), PlanError)
    for one in entry["people"]:
        of_kind(f"{where}.people", one, str, PlanError)
    return Talk(entry["round"], entry["corner"], entry["topic"], tuple(entry["people"]))


def _certificate(entry: dict[str, Any]) -> Certificate:
    required = tuple(key for key in _CERTIFICATE if key not in _OPTIONAL)
    only_keys("certificate", entry, _CERTIFICATE, required, PlanError)
    unmet = []
    for number, one in enumerate(entry["unmet"]):
        people, because = _words(f"certificate.unmet[{number}]", one)
        if len(people) != 2:
            raise PlanError(f"certificate.unmet[{number}].people", "must be two ids.")
        unmet.append(Unmet((people[0], people[1]), because))
    gave_way = tuple(
        GaveWay(*_words(f"certificate.gave_way[{number}]", one))
        for number, one in enumerate(entry.get("gave_way", ()))
    )
    changes = None
    if "changes" in entry:
        only_keys("certificate.changes", entry["changes"], _CHANGES, tuple(_CHANGES), PlanError)
        changes = Changes(**entry["changes"])
    limit = None
    if "fewest_limit" in entry:
        limit = FewestLimit(*_words("certificate.fewest_limit", entry["fewest_limit"]))
    figures = {key: entry[key] for key in required if key != "unmet"}
    return Certificate(
        **figures, unmet=tuple(unmet), gave_way=gave_way, changes=changes,
        fewest_bound=entry.get("fewest_bound"), fewest_limit=limit, stars=entry.get("stars"),
        stars_bound=entry.get("stars_bound"),
    )  # fmt: skip


def _words(where: str, entry: Any) -> tuple[tuple[str, ...], str]:
    only_keys(where, entry, _WORDS, tuple(_WORDS), PlanError)
    for person in entry["people"]:
        of_kind(f"{where}.people", person, str, PlanError)
    return tuple(entry["people"]), entry["because"]
