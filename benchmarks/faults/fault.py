"""A fault: one edit that breaks the product, and the tests that should notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is broken: the one place in a file where `text` stands becomes `instead`; `tests` should notice."""

    name: str
    file: str
    text: str
    instead: str
    tests: tuple[str, ...]
