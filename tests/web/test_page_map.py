"""The page map in the docs lists every address, who may open it and what for; the words are the routes' own.

`MATCHMAKER_WRITE_DOCS=yes pytest tests/web/test_page_map.py` writes it anew.
"""

import inspect
import os
import re
from pathlib import Path

from flask import Flask

from benchmarks.page_rows import ROWS
from matchmaker.store.event.event_roles import EventRole
from matchmaker.web import access

DOCUMENT = Path(__file__).parents[2] / "docs/pages.md"
WHO = {
    "public": "anybody",
    "people": "anyone signed in",
    "attendees": "someone registered at the event",
    "organisers": "an organiser of the event",
}
HEAD = """# Pages

Every address, who may open it, and what it is for. A page whose gate is not passed sends a visitor to sign in
and looks to everybody else as if it did not exist; so does an object (a person, a plan, a file) that is not the
reader's to see. Whoever passes the gate and asks for something that is gone by now reads so, with a way back, in
the same words whether it was removed, is somebody else's or never was (`web/gone.py`).
An event's organisers give two smaller roles: a helper at the desk and a reader open only what says so below.
`tests/web/test_access.py` opens each as each role, and `tests/web/test_page_map.py` keeps this list true.

An installation owner has no pages of their own; `matchmaker organiser add` makes organisers.
"""


def page_map(app: Flask) -> str:
    lines = [HEAD]
    for blueprint, who in WHO.items():
        roles = (
            [role.value for role in (EventRole.HELPER, EventRole.READER)] if blueprint == "organisers" else []
        )
        head = ["address", "method", "what for", *roles]
        lines += [f"\n## {blueprint}: {who}\n", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
        rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{blueprint}.")]
        for rule in sorted(rules, key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
            methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            purpose = (inspect.getdoc(app.view_functions[rule.endpoint]) or "").partition("\n")[0]
            address = re.sub(r"<int[^:]*:", "<", rule.rule)
            allowed = access.also_open(app.view_functions[rule.endpoint])
            marks = "".join(f" {'yes' if role in allowed else ''} |" for role in roles)
            lines.append(f"| `{address}` | {methods} | {purpose} |{marks}")
    return "\n".join(lines) + "\n"


def test_the_page_map_in_the_docs_is_true(app: Flask) -> None:
    found = page_map(app)
    if os.environ.get("MATCHMAKER_WRITE_DOCS"):
        DOCUMENT.write_text(found, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == found, "write it anew: see the top of this file"


def test_every_page_is_measured(app: Flask) -> None:
    there = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    }
    assert set(ROWS) == there, "give each page a row in benchmarks/page_rows.py"
