"""The same problem and seed give the same plan, byte for byte, however Python's sets happen to be ordered."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from typing import Any

from matchmaker.scheduling.problem.file_keys import KINDS, NEEDED
from matchmaker.scheduling.problem.json_text import plan_to_json, problem_to_json
from matchmaker.scheduling.problem.problem import (
    HostTable,
    LockedMeeting,
    Mixing,
    Person,
    Problem,
    Rest,
    Round,
)
from matchmaker.scheduling.solver.planner import plan

IDS = [f"p{i}" for i in range(11)]
PLAIN = Problem(
    people=tuple(Person(one, None, "in" if i % 3 else "out") for i, one in enumerate(IDS)),
    rounds=tuple(Round(5, frozenset({2}), after_break=number == 3) for number in range(5)),
    pairs=tuple((a, b, (int(a[1:]) * 7 + int(b[1:]) * 13) % 10 / 10) for a, b in combinations(IDS, 2)),
)
RULES: dict[str, Any] = {
    "forbidden": {("p0", "p1"), ("p2", "p3"), ("p4", "p6")},
    "wanted": {("p0", "p9"), ("p3", "p5"), ("p1", "p2")},
    "fixed_table": {"p2": 3, "p8": 3},
    "allowed_tables": {"p4": frozenset({1, 3}), "p9": frozenset({4, 5})},
    "trios": frozenset(IDS[:8]),
    "fill": True,
    "locked": frozenset({5}),
    "locked_meetings": (LockedMeeting(1, 4, ("p7", "p9")),),
    "met": {("p1", "p4"), ("p2", "p6"), ("p5", "p10")},
    "met_before": {("p6", "p9"), ("p8", "p9"), ("p0", "p2")},
    "apart": {("p1", "p3"), ("p4", "p10"), ("p5", "p8")},
    "double": {("p4", "p5"), ("p7", "p8")},
    "rests": {"p6": Rest(most=3), "p7": Rest(in_a_row=2)},
    "helpers": {"Ira": ("p1", "p9", "p10"), "Olu": ("p3", "p7")},
    "host_tables": (HostTable(5, 2, "p0", 4, (), ("p3", "p4", "p5", "p6")),),
    "mixing": Mixing(2),
    "gentle": True,
}
PROBLEMS = [*(replace(PLAIN, **{key: rule}) for key, rule in RULES.items()), replace(PLAIN, **RULES)]
SCRIPT = """
import json, sys
from matchmaker.scheduling.problem.json_text import plan_to_json, problem_from_json
from matchmaker.scheduling.solver.planner import plan
for text in json.load(sys.stdin):
    problem = problem_from_json(text)
    made = plan(problem, seed=7)
    sys.stdout.write(plan_to_json(made) + plan_to_json(plan(problem, seed=8, keep=made)))
"""


def test_every_rule_is_tried() -> None:
    # Groups and talks have problems of their own: test_kinship and test_topics.
    assert RULES.keys() == KINDS.keys() - {*NEEDED, "kin", "topics", "corners"}


def test_plans_and_plans_made_again_are_the_same_bytes_in_any_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps([problem_to_json(problem) for problem in PROBLEMS]),
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "2")
    }
    here = ""
    for problem in PROBLEMS:
        made = plan(problem, seed=7)
        here += plan_to_json(made) + plan_to_json(plan(problem, seed=8, keep=made))
    assert outputs == {here}
