"""One word for one thing: no two classes have one name unless they are the same thing in two rooms."""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2] / "matchmaker"
SAME = {"Meeting", "Person", "Plan", "Round", "Suggestion", "TableTopic", "Talk"}
"""What the core speaks of and the store keeps: a value there, and its row here."""
REQUIRED = {"Meta"}
"""What WTForms calls the settings of a form."""


def classes() -> Counter[str]:
    """Return how often each name of a class is given."""
    return Counter(
        node.name
        for path in ROOT.rglob("*.py")
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    )


def test_no_two_things_have_one_name() -> None:
    twice = {name for name, count in classes().items() if count > 1}
    assert twice - SAME - REQUIRED == set(), "call one of the two something else"


def test_what_may_have_one_name_still_has() -> None:
    found = classes()
    assert {name: found[name] for name in SAME} == dict.fromkeys(SAME, 2)
