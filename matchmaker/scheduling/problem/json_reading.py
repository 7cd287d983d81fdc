"""Read JSON text key by key, and refuse, in words, what is missing or of the wrong kind."""

import json
from collections.abc import Callable
from typing import Any

from matchmaker.scheduling.problem.parts import ProblemError

Refusal = Callable[[str, str], Exception]
"""An error made of the field that is wrong and the words that say how."""

KINDS = {list: "a list", dict: "an object", str: "text", bool: "true or false", int: "a whole number"}


def json_object(text: str, error: Refusal) -> dict[str, Any]:
    """Return the object that `text` holds; an error names the line."""
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as broken:
        raise error(f"line {broken.lineno}", f"is not JSON: {broken.msg}.") from None
    except RecursionError:
        raise error("line 1", "is not a problem or a plan: it is nested too deeply.") from None
    except ValueError:
        raise error("line 1", "is not a problem or a plan: a number in it has thousands of digits.") from None
    if "\\u" in text:
        _refuse_half_characters(data, error)
    if not isinstance(data, dict):
        raise error("line 1", "must be one JSON object, starting with {.")
    return data


def _refuse_half_characters(data: Any, error: Refusal) -> None:
    """Refuse what JSON can write but no file can hold: one half of a character that takes two."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as broken:
        half = f"\\u{ord(broken.object[broken.start]):04x}"
        raise error("line 1", f"is not a problem or a plan: {half} is only half of a character.") from None


def only_keys(
    where: str, data: Any, kinds: dict[str, Any], required: tuple[str, ...], error: Refusal
) -> None:
    """Refuse anything but an object with the keys of `kinds`, each of its kind, and all of `required`."""
    prefix = f"{where}." if where else ""
    if not isinstance(data, dict):
        raise error(where, f"must be an object, such as {{{', '.join(kinds)}}}.")
    for key, value in data.items():
        if key not in kinds:
            raise error(f"{prefix}{key}", f"is not a key that is known here; use {', '.join(kinds)}.")
        of_kind(f"{prefix}{key}", value, kinds[key], error)
    for key in required:
        if key not in data:
            raise error(f"{prefix}{key}", "is missing.")


def of_kind(where: str, value: Any, kind: Any, error: Refusal) -> None:
    """Refuse a value that is not of `kind`, a type or several."""
    allowed = kind if isinstance(kind, tuple) else (kind,)
    is_number_but_bool = isinstance(value, bool) and bool not in allowed
    if not isinstance(value, allowed) or is_number_but_bool:
        raise error(where, f"must be {' or '.join(KINDS.get(one, 'a number') for one in allowed)}.")


def whole_numbers(where: str, value: Any) -> list[int]:
    """Return a list of whole numbers, having refused anything else."""
    of_kind(where, value, list, ProblemError)
    for one in value:
        of_kind(where, one, int, ProblemError)
    return list(value)


def texts(where: str, value: list[Any]) -> list[str]:
    """Return a list of texts, having refused a list that holds anything else."""
    for one in value:
        of_kind(where, one, str, ProblemError)
    return value
