"""Every sentence that promises something to a reader stands in docs/promises.md with a test that holds it.

A sentence with one of the `PROMISING` words is found in every template, of a page or of paper, and in the texts of
pages, letters and services.
`MATCHMAKER_WRITE_DOCS=yes pytest tests/house/test_promises.py` adds new ones to the document, to be given a test, and
takes those away that are gone.
"""

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/promises.md"
PROMISING = re.compile(
    r"\b(nobody|no one|no other|only you|told|tell nobody|learns?|until|at once|never|always"
    r"|from (?:that|this) moment|at any time|by itself|for good|erased?|we do not|we write|not why|unless"
    r"|nothing (?:about you|of (?:it|this)|is (?:sent|changed|saved|kept|lost)|in it)|at most twice|without your"
    r"|only (?:the )?(?:organisers|giver|people who sign in)|organisers only|seen only|used only|you alone"
    r"|for an? (?:hour|day|week)|from then on|stays? (?:the same|private)|before (?:anything|you have) "
    r"|kept (?:for|in the log)|in this browser)\b",
    re.I,
)
TEXTS = ("web", "services", "documents")
"""Rooms whose Python holds words for readers."""
NO_TEST = "-"
"""What stands in place of a test beside a sentence that has such a word and promises nothing."""
HEAD = """# Promises

What pages and letters promise, where they do, and the test that holds it. `tests/house/test_promises.py` finds every
sentence with a word such as “nobody”, “until”, “at once” or “never”; a new one must be given a test here. A sentence
that has such a word and promises nothing has a dash. … stands for a value.

| where | the sentence | its test, under `tests/` |
|---|---|---|
"""


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a template or a text that promise, with … for what is put in."""
    text = re.sub(r"\{#.*?#\}|<style>.*?</style>", " ", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}", " ", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}", "…", text, flags=re.S)
    text = re.sub(r"</(?:p|li|h\d|td|th|dd|dt|summary|label|div|option|button|title|strong)>", " ¶ ", text)
    text = " ".join(re.sub(r"<[^>]+>", "", text).split())
    for part in text.split("¶"):
        for sentence in re.split(r"(?<=[.?!:;])\s+(?=[A-Z“…])", part):
            words = " ".join(re.sub(r"^(?:… )+", "", sentence.strip()).split()).replace("|", "/")
            if PROMISING.search(words):
                yield words


def texts(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings, with … for what is put in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            apart.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            apart |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.value


@cache
def promises() -> tuple[tuple[str, str], ...]:
    """Return where and what is promised, in order, each once."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT))
        found |= {(name, one): None for one in sentences(path.read_text(encoding="utf-8"))}
    for path in sorted((ROOT / "templates").rglob("*.typ")):
        name = str(path.relative_to(ROOT))
        for quoted, content in re.findall(
            r'"((?:[^"\\]|\\.)*)"|\[([^\[\]]+)\]', path.read_text(encoding="utf-8")
        ):
            found |= {(name, one): None for one in sentences(quoted or content)}
    for room in TEXTS:
        for path in sorted((ROOT / "matchmaker" / room).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            for text in texts(path):
                if " " in text.strip():
                    found |= {(name, one): None for one in sentences(text)}
    return tuple(found)


def listed() -> dict[tuple[str, str], str]:
    """Return what the document lists: (where, sentence) → test."""
    rows = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("| `") else []
        if cells:
            rows[cells[0].strip("`"), cells[1]] = cells[2].strip("`")
    return rows


def test_every_promise_of_a_page_or_letter_is_listed_and_none_is_that_is_gone() -> None:
    if os.environ.get("MATCHMAKER_WRITE_DOCS"):
        known = listed() if DOCUMENT.exists() else {}
        rows = ((where, words, known.get((where, words), "?")) for where, words in promises())
        lines = (
            f"| `{where}` | {words} | {test if test == NO_TEST else f'`{test}`'} |"
            for where, words, test in rows
        )
        DOCUMENT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    new = set(promises()) - listed().keys()
    gone = listed().keys() - set(promises())
    assert not new, f"give each a row with a test in docs/promises.md: {sorted(new)}"
    assert not gone, f"these stand nowhere any more; change their rows in docs/promises.md: {sorted(gone)}"


def test_every_promise_has_a_test_that_is_there() -> None:
    missing = []
    for promise, test in listed().items():
        file, _, name = test.partition("::")
        path = ROOT / "tests" / file
        if test != NO_TEST and not (path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")):
            missing.append((promise, test))
    assert not missing, f"no such test: {missing}"


def test_a_promise_is_found_wherever_it_stands() -> None:
    page = "<p>Say so. {% if x %}Nobody is told{% endif %}, at {{ time }}.</p><li>It is kept until then</li>"
    assert list(sentences(page)) == ["Nobody is told , at ….", "It is kept until then"]
