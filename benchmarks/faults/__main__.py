"""Break the product on purpose, one fault at a time, and say which test finds each, and which faults none does.

    python -m benchmarks.faults            # all of them, half an hour
    python -m benchmarks.faults seal block # those with one of these words in their names

Each fault of this folder is one edit in a scratch copy of this tree, where the named tests are run until
the first failure, on SQLite alone. It ends with 1 if a fault survived, or if its text is not there any more. Not part
of CI.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.faults import FAULTS
from benchmarks.faults.fault import Fault

ROOT = Path(__file__).parents[2]
LEFT_BEHIND = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "instance", "demo")
FAILED = 1
"""What pytest ends with when tests failed; anything but this and 0 is no answer."""


def main(words: list[str]) -> int:
    """Try the faults whose names have one of the words, or all; return how the program ends."""
    chosen = [one for one in FAULTS if not words or any(word in one.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="faults-") as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_BEHIND)
        answers = {one.name: attempt(one, tree) for one in chosen}
    survivors = [name for name, answer in answers.items() if not answer.startswith("found")]
    print(f"{len(chosen)} faults, {len(chosen) - len(survivors)} found; not found: {survivors or 'none'}")
    return bool(survivors)


def attempt(fault: Fault, tree: Path) -> str:
    """Break the tree, run the tests, mend it again; say "found by" which test, "survived" or what went wrong."""
    path = tree / fault.file
    whole = path.read_text()
    if whole.count(fault.text) != 1:
        answer = f"its text stands in {fault.file} {whole.count(fault.text)} times, not once"
    else:
        path.write_text(whole.replace(fault.text, fault.instead))
        code, said = run(fault.tests, tree)
        path.write_text(whole)
        failed = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
        answer = {FAILED: f"found by {failed[1] if failed else '?'}", 0: "survived"}.get(
            code, f"pytest ended with {code}"
        )
    print(f"{answer}: {fault.name}", flush=True)
    return answer


def run(tests: tuple[str, ...], tree: Path) -> tuple[int, str]:
    """Run tests in the tree until the first failure; return what pytest ends with, and what it said."""
    nowhere = "postgresql+psycopg://postgres@127.0.0.1:9/postgres"
    environment = {**os.environ, "PYTHONPATH": str(tree), "MATCHMAKER_TEST_POSTGRES_URL": nowhere}
    environment.pop("MATCHMAKER_TEST_NEEDS_SERVICES", None)
    plainly = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    command = [sys.executable, "-B", "-m", "pytest", *plainly, *tests]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
